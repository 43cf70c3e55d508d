package io.driftwood.inference.model;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.model.bijector.Exponential;
import io.driftwood.inference.model.bijector.Identity;
import io.driftwood.inference.model.prior.InverseGamma;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.List;
import org.hipparchus.special.Gamma;

/**
 * Normal observations of unknown mean and variance: y ~ N(mean, variance), variance ~ InverseGamma(a, b), mean | variance ~
 * N(m, variance/k). Statistics are (m, k, a, b):
 * <pre>
 *   predictive   y ~ Student t with 2a degrees of freedom, location m, scale^2 b (k+1)/(a k)
 *   update       b += k (y - m)^2 / (2 (k+1)),  m += (y - m)/(k+1),  k += 1,  a += 1/2
 *   marginals    mean ~ Student t, 2a degrees of freedom, location m, scale^2 b/(a k);  variance ~ InverseGamma(a, b)
 * </pre>
 *
 * <p>With u = log variance and d = mean - centre, prior (Jacobian included) and likelihood are both of the form
 * {@code f(mean, u) = c - A u - e^-u (Q - 2 F d + K d^2)/2}. The prior has A = a + 1/2, Q = 2b, F = 0, K = k, centre m; rows have A = half
 * their weight and Q, F, K, centre from {@link CentredSums}. One routine serves both.
 */
public final class NormalUnknownVariance implements ConjugateModel {

    static final Option[] OPTIONS = {
        Option.required("response", Shape.text("a field name"), "The field that is observed."),
        Option.required("prior", Shape.struct(
                Option.required("mean", Shape.number(), "Prior location m of the mean."),
                Option.required("weight", Shape.positive(), "How many observations the prior mean is worth: k in mean ~ N(m, variance/k)."),
                Option.required("shape", Shape.positive(), "Shape a of the inverse gamma prior of the variance."),
                Option.required("scale", Shape.positive(), "Scale b of the inverse gamma prior of the variance; its mean is b/(a-1).")),
                "Normal inverse gamma prior."),
    };

    private static final int M = 0;
    private static final int K = 1;
    private static final int A = 2;
    private static final int B = 3;
    private static final int VARIANCE = 1;
    private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

    private final List<String> fields;
    private final double[] prior;
    private final double priorConstant;
    private final ParameterSpace space =
            new Coordinates(List.of("mean", "variance"), List.of("", ""), List.of(new Identity(), new Exponential()));

    public NormalUnknownVariance(String response, double mean, double weight, double shape, double scale) {
        this.fields = List.of(response);
        this.prior = new double[] {mean, weight, shape, scale};
        this.priorConstant = shape * StrictMath.log(scale) - Gamma.logGamma(shape) + 0.5 * (StrictMath.log(weight) - LOG_TWO_PI);
    }

    static NormalUnknownVariance build(Settings settings) {
        Settings prior = settings.struct("prior");
        return new NormalUnknownVariance(settings.text("response"),
                prior.number("mean"), prior.number("weight"), prior.number("shape"), prior.number("scale"));
    }

    @Override
    public ParameterSpace parameters() { return space; }

    @Override
    public List<String> fields() { return fields; }

    @Override
    public int rowWidth() { return 1; }

    @Override
    public void encode(double[] values, double[] row) { row[0] = values[0]; }

    // ---- in closed form ----

    @Override
    public int statisticsLength() { return 4; }

    @Override
    public void initialise(double[] statistics) { System.arraycopy(prior, 0, statistics, 0, 4); }

    @Override
    public void update(double[] statistics, double[] row) {
        double away = row[0] - statistics[M];
        double k = statistics[K];
        statistics[B] += 0.5 * k * away * away / (k + 1);
        statistics[M] += away / (k + 1);
        statistics[K] = k + 1;
        statistics[A] += 0.5;
    }

    @Override
    public double logPredictive(double[] s, double[] row) {
        double degreesOfFreedom = 2 * s[A];
        double scaleSquared = s[B] * (s[K] + 1) / (s[A] * s[K]);
        double away = row[0] - s[M];
        return Gamma.logGamma(s[A] + 0.5) - Gamma.logGamma(s[A]) - 0.5 * StrictMath.log(degreesOfFreedom * Math.PI * scaleSquared)
                - (s[A] + 0.5) * StrictMath.log1p(away * away / (degreesOfFreedom * scaleSquared));
    }

    /** The mean exists for a &gt; 1/2, the variance's mean for a &gt; 1; NaN before. */
    @Override
    public double mean(double[] s, int parameter) {
        if (parameter == VARIANCE) {
            return s[A] > 1 ? s[B] / (s[A] - 1) : Double.NaN;
        }
        return s[A] > 0.5 ? s[M] : Double.NaN;
    }

    /** Exists for a &gt; 1 (mean) and a &gt; 2 (variance); NaN before. */
    @Override
    public double standardDeviation(double[] s, int parameter) {
        if (parameter == VARIANCE) {
            return s[A] > 2 ? s[B] / ((s[A] - 1) * Math.sqrt(s[A] - 2)) : Double.NaN;
        }
        return s[A] > 1 ? Math.sqrt(s[B] / (s[K] * (s[A] - 1))) : Double.NaN;
    }

    @Override
    public double quantile(double[] s, int parameter, double p) {
        return parameter == VARIANCE
                ? Quantiles.inverseGamma(p, s[A], s[B])
                : Quantiles.studentT(p, 2 * s[A], s[M], Math.sqrt(s[B] / (s[A] * s[K])));
    }

    @Override
    public void sample(double[] s, Particles theta, Randomness random, long step, Scratch scratch) {
        draw(s, theta, Purpose.START, random, step, scratch);
    }

    private static void draw(double[] s, Particles theta, Purpose purpose, Randomness random, long step, Scratch scratch) {
        int stride = theta.stride;
        random.normals(step, purpose, 0, theta.values, 0, theta.size);
        new InverseGamma(s[A], s[B]).sampleLog(theta.values, stride, theta.size, random, step, 1, scratch);
        theta.pad();
        int mark = scratch.mark();
        double[] sd = scratch.take(stride);
        for (int i = 0; i < stride; i++) {
            sd[i] = 0.5 * theta.values[stride + i];
        }
        LaneMath.get().exp(sd, 0, sd, 0, stride);
        double scale = 1 / Math.sqrt(s[K]);
        for (int i = 0; i < stride; i++) {
            theta.values[i] = s[M] + scale * sd[i] * theta.values[i];
        }
        scratch.release(mark);
    }

    // ---- for particles ----

    @Override
    public void samplePrior(Particles theta, Randomness random, long step, Scratch scratch) {
        draw(prior, theta, Purpose.PRIOR, random, step, scratch);
    }

    @Override
    public void addLogPrior(Particles theta, double[] logDensity, double[] score, Scratch scratch) {
        addForm(theta, priorConstant, prior[A] + 0.5, 2 * prior[B], 0, prior[K], prior[M], logDensity, score, scratch);
    }

    @Override
    public void addLogLikelihood(Particles theta, Rows rows, int from, int to, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        double[] sums = scratch.take(CentredSums.LENGTH);
        CentredSums.of(rows, from, to, sums);
        double half = 0.5 * sums[CentredSums.WEIGHT];
        addForm(theta, -half * LOG_TWO_PI, half, sums[CentredSums.SQUARES], sums[CentredSums.FIRST], sums[CentredSums.WEIGHT],
                sums[CentredSums.CENTRE], logDensity, score, scratch);
        scratch.release(mark);
    }

    private static void addForm(Particles theta, double c, double a, double q, double f, double k, double centre,
            double[] logDensity, double[] score, Scratch scratch) {
        int stride = theta.stride;
        double[] z = theta.values;
        int mark = scratch.mark();
        double[] precision = precision(theta, scratch);
        for (int i = 0; i < stride; i++) {
            double d = z[i] - centre;
            logDensity[i] += c - a * z[stride + i] - 0.5 * precision[i] * (q + d * (k * d - 2 * f));
        }
        if (score != null) {
            for (int i = 0; i < stride; i++) {
                double d = z[i] - centre;
                score[i] -= precision[i] * (k * d - f);
                score[stride + i] += 0.5 * precision[i] * (q + d * (k * d - 2 * f)) - a;
            }
        }
        scratch.release(mark);
    }

    @Override
    public void addPriorHessianVector(Particles theta, double[] v, double[] out, Scratch scratch) {
        addFormHessianVector(theta, 2 * prior[B], 0, prior[K], prior[M], v, out, scratch);
    }

    @Override
    public void addLikelihoodHessianVector(Particles theta, double[] v, Rows rows, int from, int to, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double[] sums = scratch.take(CentredSums.LENGTH);
        CentredSums.of(rows, from, to, sums);
        addFormHessianVector(theta, sums[CentredSums.SQUARES], sums[CentredSums.FIRST], sums[CentredSums.WEIGHT],
                sums[CentredSums.CENTRE], v, out, scratch);
        scratch.release(mark);
    }

    private static void addFormHessianVector(Particles theta, double q, double f, double k, double centre,
            double[] v, double[] out, Scratch scratch) {
        int stride = theta.stride;
        int mark = scratch.mark();
        double[] precision = precision(theta, scratch);
        for (int i = 0; i < stride; i++) {
            double d = theta.values[i] - centre;
            double mixed = precision[i] * (k * d - f);
            out[i] += mixed * v[stride + i] - precision[i] * k * v[i];
            out[stride + i] += mixed * v[i] - 0.5 * precision[i] * (q + d * (k * d - 2 * f)) * v[stride + i];
        }
        scratch.release(mark);
    }

    /** e^-u of every particle, in a buffer that the caller releases. */
    private static double[] precision(Particles theta, Scratch scratch) {
        double[] precision = scratch.take(theta.stride);
        for (int i = 0; i < theta.stride; i++) {
            precision[i] = -theta.values[theta.stride + i];
        }
        LaneMath.get().exp(precision, 0, precision, 0, theta.stride);
        return precision;
    }

    @Override
    public void predictMean(Particles theta, double[] values, double[] out, Scratch scratch) {
        System.arraycopy(theta.values, 0, out, 0, theta.stride);
    }

    @Override
    public void simulate(Particles theta, int particle, double[] values, Randomness random, long step, int iteration) {
        random.normals(step, Purpose.SIMULATE, iteration, values, 0, 1);
        values[0] = theta.get(0, particle) + StrictMath.exp(0.5 * theta.get(1, particle)) * values[0];
    }
}
