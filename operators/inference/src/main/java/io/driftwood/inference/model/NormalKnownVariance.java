package io.driftwood.inference.model;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.model.bijector.Identity;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.List;

/**
 * Normal observations of known standard deviation about an unknown mean: y ~ N(mean, s^2), mean ~ N(m0, s0^2). The posterior is
 * N(m, 1/p), and statistics are (m, p):
 * <pre>
 *   predictive   y ~ N(m, 1/p + s^2)
 *   update       p += 1/s^2,  m += (y - m) / (s^2 p)
 * </pre>
 * As prior or likelihood, a log-density in the mean is c + s d - k d^2/2, d = mean - centre.
 */
public final class NormalKnownVariance implements ConjugateModel {

    static final Option[] OPTIONS = {
        Option.required("response", Shape.text("a field name"), "The field that is observed."),
        Option.required("sd", Shape.positive(), "The known standard deviation of an observation."),
        Option.required("prior", Shape.struct(
                Option.required("mean", Shape.number(), "Prior mean of the mean."),
                Option.required("sd", Shape.positive(), "Prior standard deviation of the mean.")), "Normal prior of the mean."),
    };

    private static final int M = 0;
    private static final int P = 1;
    private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);

    private final List<String> fields;
    private final double noise;
    private final double priorMean;
    private final double priorSd;
    private final ParameterSpace space = new Coordinates(List.of("mean"), List.of(""), List.of(new Identity()));

    public NormalKnownVariance(String response, double sd, double priorMean, double priorSd) {
        this.fields = List.of(response);
        this.noise = sd;
        this.priorMean = priorMean;
        this.priorSd = priorSd;
    }

    static NormalKnownVariance build(Settings settings) {
        Settings prior = settings.struct("prior");
        return new NormalKnownVariance(settings.text("response"), settings.number("sd"), prior.number("mean"), prior.number("sd"));
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
    public int statisticsLength() { return 2; }

    @Override
    public void initialise(double[] statistics) {
        statistics[M] = priorMean;
        statistics[P] = 1 / (priorSd * priorSd);
    }

    @Override
    public void update(double[] statistics, double[] row) {
        double precision = 1 / (noise * noise);
        statistics[P] += precision;
        statistics[M] += (row[0] - statistics[M]) * precision / statistics[P];
    }

    @Override
    public double logPredictive(double[] statistics, double[] row) {
        double variance = 1 / statistics[P] + noise * noise;
        double away = row[0] - statistics[M];
        return -HALF_LOG_TWO_PI - 0.5 * StrictMath.log(variance) - 0.5 * away * away / variance;
    }

    @Override
    public double mean(double[] statistics, int parameter) { return statistics[M]; }

    @Override
    public double standardDeviation(double[] statistics, int parameter) { return 1 / Math.sqrt(statistics[P]); }

    @Override
    public double quantile(double[] statistics, int parameter, double p) {
        return Quantiles.normal(p, statistics[M], standardDeviation(statistics, parameter));
    }

    @Override
    public void sample(double[] statistics, Particles theta, Randomness random, long step, Scratch scratch) {
        random.normals(step, Purpose.START, 0, theta.values, 0, theta.stride);
        place(theta, statistics[M], standardDeviation(statistics, 0));
    }

    private static void place(Particles theta, double mean, double sd) {
        for (int i = 0; i < theta.stride; i++) {
            theta.values[i] = mean + sd * theta.values[i];
        }
    }

    // ---- for particles ----

    @Override
    public void samplePrior(Particles theta, Randomness random, long step, Scratch scratch) {
        random.normals(step, Purpose.PRIOR, 0, theta.values, 0, theta.size);
        theta.pad();
        place(theta, priorMean, priorSd);
    }

    @Override
    public void addLogPrior(Particles theta, double[] logDensity, double[] score, Scratch scratch) {
        double precision = 1 / (priorSd * priorSd);
        addParabola(theta, -HALF_LOG_TWO_PI - StrictMath.log(priorSd), 0, precision, priorMean, logDensity, score);
    }

    @Override
    public void addLogLikelihood(Particles theta, Rows rows, int from, int to, double[] logDensity, double[] score, Scratch scratch) {
        int mark = scratch.mark();
        double[] sums = scratch.take(CentredSums.LENGTH);
        CentredSums.of(rows, from, to, sums);
        double precision = 1 / (noise * noise);
        double constant = -sums[CentredSums.WEIGHT] * (HALF_LOG_TWO_PI + StrictMath.log(noise)) - 0.5 * precision * sums[CentredSums.SQUARES];
        addParabola(theta, constant, precision * sums[CentredSums.FIRST], precision * sums[CentredSums.WEIGHT], sums[CentredSums.CENTRE],
                logDensity, score);
        scratch.release(mark);
    }

    private static void addParabola(Particles theta, double constant, double slope, double curvature, double centre,
            double[] logDensity, double[] score) {
        for (int i = 0; i < theta.stride; i++) {
            double away = theta.values[i] - centre;
            logDensity[i] += constant + away * (slope - 0.5 * curvature * away);
        }
        if (score != null) {
            for (int i = 0; i < theta.stride; i++) {
                score[i] += slope - curvature * (theta.values[i] - centre);
            }
        }
    }

    @Override
    public void addPriorHessianVector(Particles theta, double[] v, double[] out, Scratch scratch) {
        addScaled(-1 / (priorSd * priorSd), v, out, theta.stride);
    }

    @Override
    public void addLikelihoodHessianVector(Particles theta, double[] v, Rows rows, int from, int to, double[] out, Scratch scratch) {
        int mark = scratch.mark();
        double[] sums = scratch.take(CentredSums.LENGTH);
        CentredSums.of(rows, from, to, sums);
        addScaled(-sums[CentredSums.WEIGHT] / (noise * noise), v, out, theta.stride);
        scratch.release(mark);
    }

    private static void addScaled(double factor, double[] v, double[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] += factor * v[i];
        }
    }

    @Override
    public void predictMean(Particles theta, double[] values, double[] out, Scratch scratch) {
        System.arraycopy(theta.values, 0, out, 0, theta.stride);
    }

    @Override
    public void simulate(Particles theta, int particle, double[] values, Randomness random, long step, int iteration) {
        random.normals(step, Purpose.SIMULATE, iteration, values, 0, 1);
        values[0] = theta.get(0, particle) + noise * values[0];
    }
}
