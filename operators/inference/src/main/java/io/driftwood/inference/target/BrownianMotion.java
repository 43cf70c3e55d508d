package io.driftwood.inference.target;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Brownian motion of unknown scale observed with noise of unknown scale, at times 0..T-1, some observations missing:
 * <pre>
 *   s, o ~ LogNormal(0, 2)      x_0 ~ N(0, s^2)      x_t ~ N(x_(t-1), s^2)      y_t ~ N(x_t, o^2)
 * </pre>
 * Columns: u_s, u_o with s = softplus(u_s), o = softplus(u_o), then x_0..x_(T-1). All constants and the Jacobians log sigma(u) are kept.
 * With n terms of sum of squares A, a scale s adds to the log-density f(s, A) = -(1 + n) log s - (log s)^2 / 8 - A / (2 s^2).
 *
 * <p>Reference: [1] Sountsov, Radul et al. (2020), Inference Gym, "Brownian motion, unknown scales, missing middle observations".
 */
final class BrownianMotion implements Target {

    static final Option[] OPTIONS = {
        Option.required("observations", Shape.table(), "One row for each time, the observation in the last column; missing where there is none."),
    };

    private static final double LOG_SD = 2;

    private final double[] observations;
    private final int observed;

    private BrownianMotion(double[] observations) {
        this.observations = observations;
        this.observed = (int) Arrays.stream(observations).filter(y -> y == y).count();
    }

    static Problem build(Settings settings) { return new Known(new BrownianMotion(series(settings))); }

    /** The last column of the observations. */
    static double[] series(Settings settings) {
        if (settings.table("observations").width() == 0) {
            throw settings.problem("observations", "needs at least one row");
        }
        return settings.table("observations").column(settings.table("observations").width() - 1);
    }

    private record Known(BrownianMotion target) implements Problem {

        @Override
        public List<String> names() {
            List<String> names = new ArrayList<>(List.of("u_s", "u_o"));
            for (int t = 0; t < target.observations.length; t++) {
                names.add("x" + t);
            }
            return names;
        }
    }

    @Override
    public int dimension() { return observations.length + 2; }

    @Override
    public void evaluate(Particles x, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        Scale walk = new Scale(x, 0, observations.length, scratch);
        Scale noise = new Scale(x, 1, observed, scratch);
        squares(x, walk.squares, noise.squares);
        double constant = -2 * StrictMath.log(LOG_SD) - (1 + 0.5 * (observations.length + observed)) * StrictMath.log(2 * Math.PI);
        for (int i = 0; i < x.stride; i++) {
            logDensity[i] = constant + walk.logDensity(i) + noise.logDensity(i);
        }
        if (score != null) {
            for (int i = 0; i < x.stride; i++) {
                score[i] = walk.first(i);
                score[x.stride + i] = noise.first(i);
            }
            for (int t = 0; t < observations.length; t++) {
                for (int i = 0; i < x.stride; i++) {
                    score[(t + 2) * x.stride + i] = -walk.halfPrecision(i) * walkGradient(x.values, x.stride, t, i)
                            - noise.halfPrecision(i) * noiseGradient(x.values, x.stride, t, i);
                }
            }
        }
        scratch.release(mark);
    }

    @Override
    public void hessianVector(Particles x, double[] v, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        int stride = x.stride;
        Scale walk = new Scale(x, 0, observations.length, scratch);
        Scale noise = new Scale(x, 1, observed, scratch);
        squares(x, walk.squares, noise.squares);
        for (int i = 0; i < stride; i++) {
            out[i] = walk.second(i) * v[i];
            out[stride + i] = noise.second(i) * v[stride + i];
        }
        for (int t = 0; t < observations.length; t++) {
            for (int i = 0; i < stride; i++) {
                int at = (t + 2) * stride + i;
                double walkGradient = walkGradient(x.values, stride, t, i);
                double noiseGradient = noiseGradient(x.values, stride, t, i);
                out[i] += walk.mixed(i) * walkGradient * v[at];
                out[stride + i] += noise.mixed(i) * noiseGradient * v[at];
                double observedHere = observations[t] == observations[t] ? 2 * v[at] : 0;
                out[at] = -walk.halfPrecision(i) * walkGradient(v, stride, t, i) - noise.halfPrecision(i) * observedHere
                        + walk.mixed(i) * walkGradient * v[i] + noise.mixed(i) * noiseGradient * v[stride + i];
            }
        }
        scratch.release(mark);
    }

    /** A = x_0^2 + sum (x_t - x_(t-1))^2 and B = sum (y_t - x_t)^2. */
    private void squares(Particles x, double[] walk, double[] noise) {
        Arrays.fill(walk, 0, x.stride, 0.0);
        Arrays.fill(noise, 0, x.stride, 0.0);
        for (int t = 0; t < observations.length; t++) {
            for (int i = 0; i < x.stride; i++) {
                double here = x.values[(t + 2) * x.stride + i];
                double step = t == 0 ? here : here - x.values[(t + 1) * x.stride + i];
                double error = observations[t] == observations[t] ? here - observations[t] : 0;
                walk[i] += step * step;
                noise[i] += error * error;
            }
        }
    }

    /** dA/dx_t; linear in x, so also the Hessian of A times a direction. */
    private double walkGradient(double[] x, int stride, int t, int i) {
        int at = (t + 2) * stride + i;
        double back = t == 0 ? x[at] : x[at] - x[at - stride];
        double on = t == observations.length - 1 ? 0 : x[at + stride] - x[at];
        return 2 * (back - on);
    }

    /** dB/dx_t. */
    private double noiseGradient(double[] x, int stride, int t, int i) {
        return observations[t] == observations[t] ? 2 * (x[(t + 2) * stride + i] - observations[t]) : 0;
    }

    /** One of the two scales: f(softplus(u), A) + log sigma(u) and its derivatives, A in {@link #squares}. */
    private static final class Scale {

        final double[] squares;
        private final double[] scale;
        private final double[] logScale;
        private final double[] sigmoid;
        private final double[] logSigmoid;
        private final int terms;

        Scale(Particles x, int column, int terms, Scratch scratch) {
            LaneMath math = LaneMath.get();
            int stride = x.stride;
            this.terms = terms;
            squares = scratch.take(stride);
            scale = scratch.take(stride);
            logScale = scratch.take(stride);
            sigmoid = scratch.take(stride);
            logSigmoid = scratch.take(stride);
            math.softplusAndSigmoid(x.values, column * stride, scale, 0, sigmoid, 0, stride);
            math.log(scale, 0, logScale, 0, stride);
            // log sigma(u) = u - softplus(u)
            for (int i = 0; i < stride; i++) {
                logSigmoid[i] = x.values[column * stride + i] - scale[i];
            }
        }

        double halfPrecision(int i) { return 0.5 / (scale[i] * scale[i]); }

        double logDensity(int i) {
            return -(1 + terms) * logScale[i] - logScale[i] * logScale[i] / (2 * LOG_SD * LOG_SD) - squares[i] * halfPrecision(i) + logSigmoid[i];
        }

        /** df/ds. */
        private double slope(int i) {
            double s = scale[i];
            return (-(1 + terms) - logScale[i] / (LOG_SD * LOG_SD) + squares[i] / (s * s)) / s;
        }

        /** d/du. */
        double first(int i) { return slope(i) * sigmoid[i] + 1 - sigmoid[i]; }

        /** d2/du2. */
        double second(int i) {
            double s = scale[i];
            double curvature = (1 + terms - (1 - logScale[i]) / (LOG_SD * LOG_SD) - 3 * squares[i] / (s * s)) / (s * s);
            double bend = sigmoid[i] * (1 - sigmoid[i]);
            return curvature * sigmoid[i] * sigmoid[i] + slope(i) * bend - bend;
        }

        /** d2/(du dA). */
        double mixed(int i) { return sigmoid[i] / (scale[i] * scale[i] * scale[i]); }
    }
}
