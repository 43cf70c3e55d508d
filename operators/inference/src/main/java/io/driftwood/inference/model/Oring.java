package io.driftwood.inference.model;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.model.prior.Flat;
import io.driftwood.inference.model.prior.LogExponential;
import io.driftwood.inference.model.prior.Normal;
import io.driftwood.inference.model.prior.PriorDensity;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.List;
import java.util.Map;

/**
 * Failure of an O-ring at a temperature: P(failure) = sigma(alpha + beta temperature), temperature in °F.
 *
 * <p>Priors:
 * <ul>
 * <li>{@code proper}: alpha ~ N(0, 20^2), beta ~ N(0, 0.5^2).
 * <li>{@code lecture}: e^alpha ~ Exponential(mean b), flat d beta: improper, so evidence is known up to the unit of beta. The
 *     posterior is proper once there has been a failure and a success. b comes from the data: log b = alpha_MLE + Euler's constant, which
 *     puts the prior mean of alpha at its maximum likelihood estimate.
 * </ul>
 *
 * <p>alpha and beta are all but collinear a posteriori (correlation -0.996 under the proper prior), so the unconstrained columns are (gamma, beta)
 * with gamma = alpha + 69.57 beta, the logit at the mean temperature; the Jacobian is 1. The likelihood is a {@link Glm} in gamma and
 * beta with the temperature centred.
 *
 * <p>Reference: [1] Dalal, Fowlkes and Hoadley (1989), JASA 84, 945-957. [2] Robert and Casella (2004), Monte Carlo Statistical
 * Methods, example 1.13.
 * <br>Differs from [2]: b is rounded by nobody; [2] states the rule, not the number.
 */
public final class Oring implements Model {

    /** alpha_MLE + Euler's constant for the 23 launches of [1]; alpha_MLE = 15.04290164770244. */
    static final double LOG_B = 15.620117312603973;

    static final Option[] OPTIONS = {
        Option.withDefault("prior", Shape.choice("proper", "lecture"), "proper",
                "proper: alpha ~ N(0, 20^2), beta ~ N(0, 0.5^2). lecture: e^alpha ~ Exponential(mean b), flat beta."),
        Option.withDefault("response", Shape.text("a field name"), "failure", "The field with 1 for a failure, 0 for none."),
        Option.withDefault("temperature", Shape.text("a field name"), "temp_f", "The field with the temperature in °F."),
        Option.withDefault("log-b", Shape.number(), LOG_B, "Lecture prior only: log of the mean of e^alpha."),
    };

    private final PriorDensity alphaPrior;
    private final PriorDensity betaPrior;
    private final Glm likelihood;
    private final ParameterSpace space = new InterceptAtZero();

    private Oring(PriorDensity alphaPrior, PriorDensity betaPrior, String response, String temperature) {
        this.alphaPrior = alphaPrior;
        this.betaPrior = betaPrior;
        this.likelihood = new Glm(new BernoulliResponse(), response, List.of(temperature), true,
                Map.of(temperature, new Standardisation(InterceptAtZero.CENTRE, 1)),
                List.of(Block.of("gamma", new Flat()), Block.of("beta", new Flat())));
    }

    public static Oring proper(String response, String temperature) {
        return new Oring(new Normal(0, 20), new Normal(0, 0.5), response, temperature);
    }

    public static Oring lecture(String response, String temperature, double logB) {
        return new Oring(new LogExponential(logB), new Flat(), response, temperature);
    }

    static Oring build(Settings settings) {
        String response = settings.text("response");
        String temperature = settings.text("temperature");
        return settings.text("prior").equals("proper")
                ? proper(response, temperature)
                : lecture(response, temperature, settings.number("log-b"));
    }

    @Override
    public ParameterSpace parameters() { return space; }

    @Override
    public List<String> fields() { return likelihood.fields(); }

    @Override
    public int rowWidth() { return likelihood.rowWidth(); }

    @Override
    public void encode(double[] values, double[] row) { likelihood.encode(values, row); }

    @Override
    public boolean hasProperPrior() { return betaPrior.isProper(); }

    /** The lecture's posterior is proper once the data hold at least one failure and one success. */
    @Override
    public boolean isProper(Rows rows) {
        if (hasProperPrior()) {
            return true;
        }
        boolean failure = false;
        boolean success = false;
        for (int r = 0; r < rows.count; r++) {
            if (rows.weights[r] > 0) {
                failure |= rows.values[r * rows.width] == 1;
                success |= rows.values[r * rows.width] == 0;
            }
        }
        return failure && success;
    }

    @Override
    public void samplePrior(Particles theta, Randomness random, long step, Scratch scratch) {
        betaPrior.sample(theta.values, theta.stride, theta.size, random, step, 1, scratch);
        alphaPrior.sample(theta.values, 0, theta.size, random, step, 0, scratch);
        for (int i = 0; i < theta.size; i++) {
            theta.values[i] += InterceptAtZero.CENTRE * theta.values[theta.stride + i];
        }
        theta.pad();
    }

    /** l(gamma, beta) = log p(alpha) + log p(beta), alpha = gamma - c beta: d/dgamma = l_alpha, d/dbeta = l_beta - c l_alpha. */
    @Override
    public void addLogPrior(Particles theta, double[] logDensity, double[] score, Scratch scratch) {
        int stride = theta.stride;
        int mark = scratch.mark();
        double[] alpha = scratch.take(stride);
        double[] first = scratch.take(stride);
        InterceptAtZero.alpha(theta.values, alpha, stride);
        alphaPrior.evaluate(alpha, 0, stride, logDensity, first, null, scratch);
        if (score != null) {
            for (int i = 0; i < stride; i++) {
                score[i] += first[i];
                score[stride + i] -= InterceptAtZero.CENTRE * first[i];
            }
        }
        betaPrior.evaluate(theta.values, stride, stride, logDensity, first, null, scratch);
        if (score != null) {
            for (int i = 0; i < stride; i++) {
                score[stride + i] += first[i];
            }
        }
        scratch.release(mark);
    }

    @Override
    public void addPriorHessianVector(Particles theta, double[] v, double[] out, Scratch scratch) {
        int stride = theta.stride;
        int mark = scratch.mark();
        double[] alpha = scratch.take(stride);
        double[] alphaV = scratch.take(stride);
        double[] second = scratch.take(stride);
        InterceptAtZero.alpha(theta.values, alpha, stride);
        InterceptAtZero.alpha(v, alphaV, stride);
        alphaPrior.evaluate(alpha, 0, stride, null, null, second, scratch);
        for (int i = 0; i < stride; i++) {
            out[i] += second[i] * alphaV[i];
            out[stride + i] -= InterceptAtZero.CENTRE * second[i] * alphaV[i];
        }
        betaPrior.evaluate(theta.values, stride, stride, null, null, second, scratch);
        for (int i = 0; i < stride; i++) {
            out[stride + i] += second[i] * v[stride + i];
        }
        scratch.release(mark);
    }

    @Override
    public void addLogLikelihood(Particles theta, Rows rows, int from, int to, double[] logDensity, double[] score, Scratch scratch) {
        likelihood.addLogLikelihood(theta, rows, from, to, logDensity, score, scratch);
    }

    @Override
    public void addLikelihoodHessianVector(Particles theta, double[] v, Rows rows, int from, int to, double[] out, Scratch scratch) {
        likelihood.addLikelihoodHessianVector(theta, v, rows, from, to, out, scratch);
    }

    @Override
    public void predictMean(Particles theta, double[] values, double[] out, Scratch scratch) {
        likelihood.predictMean(theta, values, out, scratch);
    }

    @Override
    public void simulate(Particles theta, int particle, double[] values, Randomness random, long step, int iteration) {
        likelihood.simulate(theta, particle, values, random, step, iteration);
    }

    /** Launch temperatures, about normal with the mean and sd of the 23 launches. */
    @Override
    public void simulateCovariates(double[] values, Randomness random, long step) {
        double[] z = new double[1];
        random.normals(step, Purpose.SIMULATE, Integer.MAX_VALUE, z, 0, 1);
        values[1] = InterceptAtZero.CENTRE + 7.0 * z[0];
    }
}
