package io.driftwood.inference.summary;

import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A function of the parameters, evaluated for a whole population at once: one pass over the particles for every node of the
 * expression, no allocation, and the same bits whatever numerics are in use, because functions are those of {@link LaneMath}.
 * Outside a function's domain the result is NaN or infinite, as IEEE 754 has it.
 */
public sealed interface Formula extends Serializable {

    /**
     * out[i] = the formula at particle i, over the whole stride.
     *
     * @param parameters column k at k*stride
     */
    void evaluate(double[] parameters, int stride, double[] out, Scratch scratch);

    record Constant(double value) implements Formula {
        @Override
        public void evaluate(double[] parameters, int stride, double[] out, Scratch scratch) {
            Arrays.fill(out, 0, stride, value);
        }
    }

    /** The parameter in a column. */
    record Column(int index) implements Formula {
        @Override
        public void evaluate(double[] parameters, int stride, double[] out, Scratch scratch) {
            System.arraycopy(parameters, index * stride, out, 0, stride);
        }
    }

    record Apply(Function function, Formula argument) implements Formula {
        @Override
        public void evaluate(double[] parameters, int stride, double[] out, Scratch scratch) {
            argument.evaluate(parameters, stride, out, scratch);
            function.apply(LaneMath.get(), out, stride, scratch);
        }
    }

    record Combine(Operation operation, Formula left, Formula right) implements Formula {
        @Override
        public void evaluate(double[] parameters, int stride, double[] out, Scratch scratch) {
            int mark = scratch.mark();
            double[] second = scratch.take(stride);
            left.evaluate(parameters, stride, out, scratch);
            right.evaluate(parameters, stride, second, scratch);
            operation.apply(out, second, stride);
            scratch.release(mark);
        }
    }

    /** x^n by repeated squaring, for a whole n; a power with another exponent is written exp(b log(x)). */
    record Power(Formula base, int exponent) implements Formula {
        @Override
        public void evaluate(double[] parameters, int stride, double[] out, Scratch scratch) {
            base.evaluate(parameters, stride, out, scratch);
            for (int i = 0; i < stride; i++) {
                double square = out[i];
                double power = 1;
                for (int n = Math.abs(exponent); n > 0; n >>= 1) {
                    power = (n & 1) == 1 ? power * square : power;
                    square *= square;
                }
                out[i] = exponent < 0 ? 1 / power : power;
            }
        }
    }

    enum Operation {
        PLUS, MINUS, TIMES, DIVIDED, MIN, MAX;

        void apply(double[] left, double[] right, int n) {
            for (int i = 0; i < n; i++) {
                left[i] = switch (this) {
                    case PLUS -> left[i] + right[i];
                    case MINUS -> left[i] - right[i];
                    case TIMES -> left[i] * right[i];
                    case DIVIDED -> left[i] / right[i];
                    case MIN -> Math.min(left[i], right[i]);
                    case MAX -> Math.max(left[i], right[i]);
                };
            }
        }
    }

    enum Function {
        EXP, EXPM1, LOG, LOG1P, SIGMOID, SOFTPLUS, SIN, COS, LGAMMA, SQRT, ABS, NEGATE;

        void apply(LaneMath math, double[] x, int n, Scratch scratch) {
            switch (this) {
                case EXP -> math.exp(x, 0, x, 0, n);
                case EXPM1 -> math.expm1(x, 0, x, 0, n);
                case LOG -> math.log(x, 0, x, 0, n);
                case LOG1P -> math.log1p(x, 0, x, 0, n);
                case SIGMOID -> math.sigmoid(x, 0, x, 0, n);
                case SOFTPLUS -> math.softplus(x, 0, x, 0, n);
                case LGAMMA -> math.logGamma(x, 0, x, 0, n);
                case SIN, COS -> sinCos(math, x, n, scratch);
                case SQRT -> map(x, n, Math::sqrt);
                case ABS -> map(x, n, Math::abs);
                case NEGATE -> map(x, n, v -> -v);
            }
        }

        private void sinCos(LaneMath math, double[] x, int n, Scratch scratch) {
            int mark = scratch.mark();
            double[] other = scratch.take(n);
            math.sinCos(x, 0, this == SIN ? x : other, 0, this == SIN ? other : x, 0, n);
            scratch.release(mark);
        }

        private static void map(double[] x, int n, java.util.function.DoubleUnaryOperator f) {
            for (int i = 0; i < n; i++) {
                x[i] = f.applyAsDouble(x[i]);
            }
        }
    }
}
