package io.driftwood.inference.model;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.model.bijector.Bijector;
import io.driftwood.inference.model.bijector.Exponential;
import io.driftwood.inference.model.bijector.Identity;
import io.driftwood.inference.model.prior.Gamma;
import io.driftwood.inference.model.prior.Normal;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Random-effect logistic regression of grouped counts on two covariates and their interaction. Group g = 1..G has successes r out
 * of n trials:
 * <pre>
 *   r_g ~ Binomial(n_g, sigma(a0 + a1 x1 + a2 x2 + a12 x1 x2 + b_g))
 *   b_g ~ N(0, 1/tau),   a0, a1, a2, a12 ~ N(0, sd^2),   tau ~ Gamma(shape, rate)
 * </pre>
 * Columns: a0, a1, a12, a2, b1..bG, log tau. All constants are kept, the binomial coefficient and the Jacobian of log tau among them.
 * Effects are centred (b itself, not b sqrt(tau)), as in the reference.
 *
 * <p>A data row is: r, n, group (from 0), x1, x2, log C(n, r). A row that cannot be (r above n, no such group) has density 0.
 *
 * <p>Reference: [1] Crowder (1978), Applied Statistics 27, 34-37; BUGS examples volume 1, "Seeds"; the sd of 10 and the
 * Gamma(0.01, 0.01) of the published comparisons of annealed variational methods.
 * <br>Differs from BUGS: its priors are N(0, 10^6) and Gamma(0.001, 0.001).
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
    private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

    private final int groups;
    private final List<String> fields;
    private final Normal coefficientPrior;
    private final Gamma tauPrior;
    private final ScalarPrior logTauPrior;
    private final ParameterSpace space;

    public RandomEffects(int groups, List<String> fields, double coefficientSd, double tauShape, double tauRate) {
        this.groups = groups;
        this.fields = List.copyOf(fields);
        this.coefficientPrior = new Normal(0, coefficientSd);
        this.tauPrior = new Gamma(tauShape, tauRate);
        this.logTauPrior = new ScalarPrior(new Exponential(), tauPrior);
        List<String> names = new ArrayList<>(List.of("a0", "a1", "a12", "a2"));
        for (int g = 1; g <= groups; g++) {
            names.add("b" + g);
        }
        names.add("tau");
        List<Bijector> bijectors = new ArrayList<>(Collections.nCopies(names.size() - 1, new Identity()));
        bijectors.add(new Exponential());
        this.space = new Coordinates(names, Collections.nCopies(names.size(), ""), bijectors);
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
        logTauPrior.sample(theta.values, logTau() * stride, stride, theta.size, random, step, logTau(), scratch);
        theta.pad();
        int mark = scratch.mark();
        double[] sd = rootPrecision(theta, scratch);
        for (int g = 0; g < groups; g++) {
            int column = FIRST_EFFECT + g;
            random.normals(step, Purpose.PRIOR, column, theta.values, column * stride, theta.size);
            for (int i = 0; i < theta.size; i++) {
                theta.values[column * stride + i] /= sd[i];
            }
        }
        scratch.release(mark);
        theta.pad();
    }

    private int logTau() { return FIRST_EFFECT + groups; }

    /** sqrt(tau) = e^(log tau / 2) of every particle: in range where tau itself underflows. The caller releases it. */
    private double[] rootPrecision(Particles theta, Scratch scratch) {
        double[] root = scratch.take(theta.stride);
        int column = logTau() * theta.stride;
        for (int i = 0; i < theta.stride; i++) {
            root[i] = 0.5 * theta.values[column + i];
        }
        LaneMath.get().exp(root, 0, root, 0, theta.stride);
        return root;
    }

    /** log p(b | tau) = sum_g (log tau - log 2 pi - tau b_g^2)/2: d/db = -tau b, d/dlog tau = sum_g (1 - tau b_g^2)/2. */
    @Override
    public void addLogPrior(Particles theta, double[] logDensity, double[] score, Scratch scratch) {
        int stride = theta.stride;
        double[] z = theta.values;
        int mark = scratch.mark();
        double[] first = scratch.take(stride);
        for (int j = 0; j < FIRST_EFFECT; j++) {
            coefficientPrior.evaluate(z, j * stride, stride, logDensity, first, null, scratch);
            if (score != null) {
                LaneMath.get().axpy(1, first, 0, score, j * stride, stride);
            }
        }
        logTauPrior.addLogDensity(z, logTau() * stride, stride, logDensity, score, scratch);
        double[] root = rootPrecision(theta, scratch);
        double[] squares = first;
        Arrays.fill(squares, 0, stride, 0.0);
        for (int g = 0; g < groups; g++) {
            int column = (FIRST_EFFECT + g) * stride;
            for (int i = 0; i < stride; i++) {
                double standard = root[i] * z[column + i];
                squares[i] += standard * standard;
            }
            if (score != null) {
                for (int i = 0; i < stride; i++) {
                    score[column + i] -= root[i] * (root[i] * z[column + i]);
                }
            }
        }
        int last = logTau() * stride;
        for (int i = 0; i < stride; i++) {
            logDensity[i] += 0.5 * (groups * (z[last + i] - LOG_TWO_PI) - squares[i]);
        }
        if (score != null) {
            for (int i = 0; i < stride; i++) {
                score[last + i] += 0.5 * (groups - squares[i]);
            }
        }
        scratch.release(mark);
    }

    @Override
    public void addPriorHessianVector(Particles theta, double[] v, double[] out, Scratch scratch) {
        int stride = theta.stride;
        double[] z = theta.values;
        int last = logTau() * stride;
        int mark = scratch.mark();
        double[] second = scratch.take(stride);
        for (int j = 0; j < FIRST_EFFECT; j++) {
            coefficientPrior.evaluate(z, j * stride, stride, null, null, second, scratch);
            LaneMath.get().multiplyAdd(second, 0, v, j * stride, out, j * stride, stride);
        }
        logTauPrior.addHessianVector(z, last, stride, v, out, scratch);
        double[] root = rootPrecision(theta, scratch);
        for (int g = 0; g < groups; g++) {
            int column = (FIRST_EFFECT + g) * stride;
            for (int i = 0; i < stride; i++) {
                double tauB = root[i] * (root[i] * z[column + i]);
                out[column + i] -= root[i] * (root[i] * v[column + i]) + tauB * v[last + i];
                out[last + i] -= tauB * v[column + i] + 0.5 * tauB * z[column + i] * v[last + i];
            }
        }
        scratch.release(mark);
    }

    @Override
    public void addLogLikelihood(Particles theta, Rows rows, int from, int to, double[] logDensity, double[] score, Scratch scratch) {
        LaneMath math = LaneMath.get();
        int stride = theta.stride;
        int mark = scratch.mark();
        double[] eta = scratch.take(stride);
        double[] softplus = scratch.take(stride);
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
            predictor(theta.values, stride, rows.values, row, eta);
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
                addBack(eta, stride, rows.values, row, score);
            }
        }
        scratch.release(mark);
    }

    @Override
    public void addLikelihoodHessianVector(Particles theta, double[] v, Rows rows, int from, int to, double[] out, Scratch scratch) {
        int stride = theta.stride;
        int mark = scratch.mark();
        double[] eta = scratch.take(stride);
        double[] etaV = scratch.take(stride);
        for (int r = from; r < to; r++) {
            int row = r * ROW;
            if (rows.weights[r] == 0 || !isPossible(rows.values, row)) {
                continue;
            }
            predictor(theta.values, stride, rows.values, row, eta);
            predictor(v, stride, rows.values, row, etaV);
            LaneMath.get().sigmoid(eta, 0, eta, 0, stride);
            double factor = -rows.weights[r] * rows.values[row + N];
            for (int i = 0; i < stride; i++) {
                etaV[i] *= factor * eta[i] * (1 - eta[i]);
            }
            addBack(etaV, stride, rows.values, row, out);
        }
        scratch.release(mark);
    }

    private boolean isPossible(double[] rows, int row) {
        double group = rows[row + GROUP];
        return group >= 0 && group < groups && group == Math.rint(group) && rows[row + LOG_CHOOSE] > Double.NEGATIVE_INFINITY;
    }

    /** eta = a0 + x1 a1 + x2 a2 + x1 x2 a12 + b_group, linear in the columns. */
    private static void predictor(double[] columns, int stride, double[] rows, int row, double[] eta) {
        LaneMath math = LaneMath.get();
        double x1 = rows[row + X1];
        double x2 = rows[row + X2];
        System.arraycopy(columns, (FIRST_EFFECT + (int) rows[row + GROUP]) * stride, eta, 0, stride);
        math.axpy(1, columns, A0 * stride, eta, 0, stride);
        math.axpy(x1, columns, A1 * stride, eta, 0, stride);
        math.axpy(x1 * x2, columns, A12 * stride, eta, 0, stride);
        math.axpy(x2, columns, A2 * stride, eta, 0, stride);
    }

    /** The transpose of {@link #predictor}, added. */
    private static void addBack(double[] residual, int stride, double[] rows, int row, double[] columns) {
        LaneMath math = LaneMath.get();
        double x1 = rows[row + X1];
        double x2 = rows[row + X2];
        math.axpy(1, residual, 0, columns, (FIRST_EFFECT + (int) rows[row + GROUP]) * stride, stride);
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
            predictor(theta.values, stride, row, 0, out);
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
