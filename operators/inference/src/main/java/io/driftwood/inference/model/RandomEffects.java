package io.driftwood.inference.model;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.model.bijector.Exponential;
import io.driftwood.inference.model.prior.Gamma;
import io.driftwood.inference.model.prior.Normal;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.List;

/**
 * Random-effect logistic regression of grouped counts on two covariates and their interaction. Group g = 1..G has successes r out
 * of n trials:
 * <pre>
 *   r_g ~ Binomial(n_g, sigma(a0 + a1 x1 + a2 x2 + a12 x1 x2 + b_g))
 *   b_g ~ N(0, 1/tau),   a0, a1, a2, a12 ~ N(0, sd^2),   tau ~ Gamma(shape, rate)
 * </pre>
 * Columns: a0, a1, a12, a2, z1..zG, log tau, with z_g = b_g sqrt(tau) ~ N(0, 1); people read b and tau. Effects are standardised
 * because a group that has not been seen yet has an effect of whatever size tau allows, e^100 under a vague prior, while its z is just
 * a standard normal. All constants are kept, the binomial coefficient and the Jacobian of log tau among them.
 *
 * <p>A data row is: r, n, group (from 0), x1, x2, log C(n, r). A row that cannot be (r above n, no such group) has density 0.
 *
 * <p>Reference: [1] Crowder (1978), Applied Statistics 27, 34-37; BUGS examples volume 1, "Seeds"; the sd of 10 and the
 * Gamma(0.01, 0.01) of the published comparisons of annealed variational methods.
 * <br>Differs from BUGS: its priors are N(0, 10^6) and Gamma(0.001, 0.001). Differs from the published comparisons: they move b itself.
 */
public final class RandomEffects implements Model {

    static final Option[] OPTIONS = {
        Option.required("groups", Shape.count(), "Number of groups G; each observation belongs to one of 1..G."),
        Option.withDefault("response", Shape.text("a field name"), "r", "The field with the successes."),
        Option.withDefault("trials", Shape.text("a field name"), "n", "The field with the trials."),
        Option.withDefault("group", Shape.text("a field name"), "group", "The field with the group's number, 1..G."),
        Option.withDefault("covariates", Shape.listOf(Shape.text("a field name")), List.of("x1", "x2"), "The two covariates."),
        Option.withDefault("coefficient-sd", Shape.positive(), 10.0, "Prior sd of a0, a1, a2, a12."),
        Option.withDefault("tau-shape", Shape.positive(), 0.01, "Shape of the gamma prior of the effects' precision tau."),
        Option.withDefault("tau-rate", Shape.positive(), 0.01, "Rate of the gamma prior of tau."),
    };

    private static final int A0 = 0;
    private static final int A1 = 1;
    private static final int A12 = 2;
    private static final int A2 = 3;
    private static final int FIRST_EFFECT = 4;

    private static final int R = 0;
    private static final int N = 1;
    private static final int GROUP = 2;
    private static final int X1 = 3;
    private static final int X2 = 4;
    private static final int LOG_CHOOSE = 5;
    private static final int ROW = 6;

    private final int groups;
    private final List<String> fields;
    private final Normal coefficientPrior;
    private final Normal effectPrior = new Normal(0, 1);
    private final ScalarPrior logTauPrior;
    private final ParameterSpace space;

    public RandomEffects(int groups, List<String> fields, double coefficientSd, double tauShape, double tauRate) {
        this.groups = groups;
        this.fields = List.copyOf(fields);
        this.coefficientPrior = new Normal(0, coefficientSd);
        this.logTauPrior = new ScalarPrior(new Exponential(), new Gamma(tauShape, tauRate));
        this.space = new StandardisedEffects(groups);
    }

    static RandomEffects build(Settings settings) {
        List<String> covariates = settings.texts("covariates");
        if (covariates.size() != 2) {
            throw settings.problem("covariates", "needs two fields");
        }
        return new RandomEffects(settings.count("groups"),
                List.of(settings.text("response"), settings.text("trials"), settings.text("group"), covariates.get(0), covariates.get(1)),
                settings.number("coefficient-sd"), settings.number("tau-shape"), settings.number("tau-rate"));
    }

    @Override
    public ParameterSpace parameters() { return space; }

    @Override
    public List<String> fields() { return fields; }

    @Override
    public int rowWidth() { return ROW; }

    @Override
    public void encode(double[] values, double[] row) {
        System.arraycopy(values, 0, row, 0, fields.size());
        row[GROUP] = values[GROUP] - 1;
        row[LOG_CHOOSE] = LogChoose.of(values[N], values[R]);
    }

    @Override
    public void samplePrior(Particles theta, Randomness random, long step, Scratch scratch) {
        int stride = theta.stride;
        for (int j = 0; j < FIRST_EFFECT; j++) {
            coefficientPrior.sample(theta.values, j * stride, theta.size, random, step, j, scratch);
        }
        for (int g = 0; g < groups; g++) {
            int column = FIRST_EFFECT + g;
            effectPrior.sample(theta.values, column * stride, theta.size, random, step, column, scratch);
        }
        logTauPrior.sample(theta.values, logTau() * stride, stride, theta.size, random, step, logTau(), scratch);
        theta.pad();
    }

    private int logTau() { return FIRST_EFFECT + groups; }

    private Normal prior(int column) { return column < FIRST_EFFECT ? coefficientPrior : effectPrior; }

    @Override
    public void addLogPrior(Particles theta, double[] logDensity, double[] score, Scratch scratch) {
        int stride = theta.stride;
        int mark = scratch.mark();
        double[] first = scratch.take(stride);
        for (int j = 0; j < logTau(); j++) {
            prior(j).evaluate(theta.values, j * stride, stride, logDensity, first, null, scratch);
            if (score != null) {
                LaneMath.get().axpy(1, first, 0, score, j * stride, stride);
            }
        }
        logTauPrior.addLogDensity(theta.values, logTau() * stride, stride, logDensity, score, scratch);
        scratch.release(mark);
    }

    @Override
    public void addPriorHessianVector(Particles theta, double[] v, double[] out, Scratch scratch) {
        int stride = theta.stride;
        int mark = scratch.mark();
        double[] second = scratch.take(stride);
        for (int j = 0; j < logTau(); j++) {
            prior(j).evaluate(theta.values, j * stride, stride, null, null, second, scratch);
            LaneMath.get().multiplyAdd(second, 0, v, j * stride, out, j * stride, stride);
        }
        logTauPrior.addHessianVector(theta.values, logTau() * stride, stride, v, out, scratch);
        scratch.release(mark);
    }

    @Override
    public void addLogLikelihood(Particles theta, Rows rows, int from, int to, double[] logDensity, double[] score, Scratch scratch) {
        LaneMath math = LaneMath.get();
        int stride = theta.stride;
        int mark = scratch.mark();
        double[] eta = scratch.take(stride);
        double[] softplus = scratch.take(stride);
        double[] scale = scratch.take(stride);
        StandardisedEffects.scale(theta.values, logTau() * stride, scale, stride);
        for (int r = from; r < to; r++) {
            double weight = rows.weights[r];
            int row = r * ROW;
            if (weight == 0) {
                continue;
            }
            if (!isPossible(rows.values, row)) {
                Arrays.fill(logDensity, 0, stride, Double.NEGATIVE_INFINITY);
                continue;
            }
            double successes = rows.values[row + R];
            double trials = rows.values[row + N];
            predictor(theta.values, scale, stride, rows.values, row, eta);
            math.softplus(eta, 0, softplus, 0, stride);
            double constant = rows.values[row + LOG_CHOOSE];
            for (int i = 0; i < stride; i++) {
                logDensity[i] += weight * (successes * eta[i] - trials * softplus[i] + constant);
            }
            if (score != null) {
                math.sigmoid(eta, 0, eta, 0, stride);
                for (int i = 0; i < stride; i++) {
                    eta[i] = weight * (successes - trials * eta[i]);
                }
                addBack(eta, theta.values, scale, stride, rows.values, row, score);
            }
        }
        scratch.release(mark);
    }

    /** H v = J^T W J v + (residual) Hess(eta) v; of eta only z_g e^(-log tau/2) is curved. */
    @Override
    public void addLikelihoodHessianVector(Particles theta, double[] v, Rows rows, int from, int to, double[] out, Scratch scratch) {
        int stride = theta.stride;
        double[] z = theta.values;
        int last = logTau() * stride;
        int mark = scratch.mark();
        double[] eta = scratch.take(stride);
        double[] etaV = scratch.take(stride);
        double[] scale = scratch.take(stride);
        StandardisedEffects.scale(z, last, scale, stride);
        for (int r = from; r < to; r++) {
            int row = r * ROW;
            double weight = rows.weights[r];
            if (weight == 0 || !isPossible(rows.values, row)) {
                continue;
            }
            int effect = effectColumn(rows.values, row) * stride;
            predictor(z, scale, stride, rows.values, row, eta);
            predictor(v, scale, stride, rows.values, row, etaV);
            LaneMath.get().sigmoid(eta, 0, eta, 0, stride);
            double trials = rows.values[row + N];
            for (int i = 0; i < stride; i++) {
                double half = 0.5 * scale[i];
                double residual = weight * (rows.values[row + R] - trials * eta[i]);
                out[effect + i] -= residual * half * v[last + i];
                out[last + i] += residual * half * (0.5 * z[effect + i] * v[last + i] - v[effect + i]);
                etaV[i] = -weight * trials * eta[i] * (1 - eta[i]) * (etaV[i] - half * z[effect + i] * v[last + i]);
            }
            addBack(etaV, z, scale, stride, rows.values, row, out);
        }
        scratch.release(mark);
    }

    private boolean isPossible(double[] rows, int row) {
        double group = rows[row + GROUP];
        return group >= 0 && group < groups && group == Math.rint(group) && rows[row + LOG_CHOOSE] > Double.NEGATIVE_INFINITY;
    }

    private static int effectColumn(double[] rows, int row) { return FIRST_EFFECT + (int) rows[row + GROUP]; }

    /** eta = a0 + x1 a1 + x2 a2 + x1 x2 a12 + scale z_group, linear in these columns. */
    private static void predictor(double[] columns, double[] scale, int stride, double[] rows, int row, double[] eta) {
        LaneMath math = LaneMath.get();
        double x1 = rows[row + X1];
        double x2 = rows[row + X2];
        Arrays.fill(eta, 0, stride, 0.0);
        math.multiplyAdd(scale, 0, columns, effectColumn(rows, row) * stride, eta, 0, stride);
        math.axpy(1, columns, A0 * stride, eta, 0, stride);
        math.axpy(x1, columns, A1 * stride, eta, 0, stride);
        math.axpy(x1 * x2, columns, A12 * stride, eta, 0, stride);
        math.axpy(x2, columns, A2 * stride, eta, 0, stride);
    }

    /** Adds residual times the gradient of eta: that of {@link #predictor}, and -b_group/2 in log tau. */
    private void addBack(double[] residual, double[] theta, double[] scale, int stride, double[] rows, int row, double[] columns) {
        LaneMath math = LaneMath.get();
        double x1 = rows[row + X1];
        double x2 = rows[row + X2];
        int effect = effectColumn(rows, row) * stride;
        int last = logTau() * stride;
        math.multiplyAdd(scale, 0, residual, 0, columns, effect, stride);
        for (int i = 0; i < stride; i++) {
            columns[last + i] -= 0.5 * residual[i] * (scale[i] * theta[effect + i]);
        }
        math.axpy(1, residual, 0, columns, A0 * stride, stride);
        math.axpy(x1, residual, 0, columns, A1 * stride, stride);
        math.axpy(x1 * x2, residual, 0, columns, A12 * stride, stride);
        math.axpy(x2, residual, 0, columns, A2 * stride, stride);
    }

    /** Expected successes n sigma(eta); for a group that is not one of 1..G, NaN. */
    @Override
    public void predictMean(Particles theta, double[] values, double[] out, Scratch scratch) {
        int stride = theta.stride;
        int mark = scratch.mark();
        double[] row = scratch.take(ROW);
        encode(values, row);
        row[LOG_CHOOSE] = 0;
        if (isPossible(row, 0)) {
            double[] scale = scratch.take(stride);
            StandardisedEffects.scale(theta.values, logTau() * stride, scale, stride);
            predictor(theta.values, scale, stride, row, 0, out);
            LaneMath.get().sigmoid(out, 0, out, 0, stride);
            for (int i = 0; i < stride; i++) {
                out[i] *= row[N];
            }
        } else {
            Arrays.fill(out, 0, stride, Double.NaN);
        }
        scratch.release(mark);
    }

    @Override
    public void simulate(Particles theta, int particle, double[] values, Randomness random, long step, int iteration) {
        Particles one = new Particles(1, theta.dimension);
        for (int j = 0; j < theta.dimension; j++) {
            one.set(j, 0, theta.get(j, particle));
        }
        one.pad();
        double[] mean = new double[one.stride];
        predictMean(one, values, mean, new Scratch());
        values[R] = Draws.binomial((int) values[N], mean[0] / values[N], random, step, iteration);
    }

    /** Groups in turn by step, 10 to 59 trials, covariates 0 or 1. */
    @Override
    public void simulateCovariates(double[] values, Randomness random, long step) {
        double[] u = new double[3];
        random.uniforms(step, Purpose.SIMULATE, Integer.MAX_VALUE, u, 0, 3);
        values[N] = 10 + Math.floor(50 * u[0]);
        values[GROUP] = 1 + Math.floorMod(step, groups);
        values[X1] = u[1] < 0.5 ? 0 : 1;
        values[X2] = u[2] < 0.5 ? 0 : 1;
    }
}
