package io.driftwood.inference.filter.dynamics;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.model.ParameterSpace;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import java.util.Arrays;
import java.util.List;

/**
 * An epidemic in a closed population, of which a share of the new cases is reported. Over a step of Delta t
 * <pre>
 *   log rate += N(0, q Dt)
 *   infected ~ Binomial(S, 1 - exp(-rate I/N Dt)),   recovered ~ Binomial(I, 1 - exp(-recovery Dt))
 *   S -= infected,   I += infected - recovered,   y ~ Poisson or negative binomial about share * infected
 * </pre>
 * Binomials are drawn as normals of the same mean and variance, kept within 0 and their number of trials: numbers need not be whole.
 * Columns: susceptible, infectious, new cases, log rate. At the first record new cases are those infectious then.
 *
 * <p>Reference: [1] Bretó, He, Ionides and King (2009), Annals of Applied Statistics 3. Differs from [1]: normal steps.
 */
public final class Sir implements StateSpaceModel {

    static final Option[] OPTIONS = {
        States.response(),
        Option.required("population", Shape.positive(), "N."),
        Option.required("rate", Shape.positive(), "Infections that one infectious person causes in one unit of time among susceptibles, at the first record."),
        States.anyVariance("rate-variance", 0.0, "q: variance by which the log rate wanders in one unit of time."),
        Option.required("recovery", Shape.positive(), "Rate of recovery: 1 over the mean time of being infectious."),
        Option.withDefault("share", Shape.fraction(), 1.0, "Share of new cases that is reported."),
        Option.withDefault("dispersion", Shape.between(0, 1e6), 0.0, "a in variance = mean + a mean^2 of a report; 0 for Poisson."),
        Option.required("initial", Shape.struct(
                Option.required("infectious", Shape.positive(), "Median number infectious at the first record."),
                Option.withDefault("sd-of-log", Shape.between(0, 100), 0.5, "Sd of its log.")), "What is believed before the first record."),
    };

    private static final double LEAST_MEAN = 1e-12;

    private final List<String> channels;
    private final double population;
    private final double logRate;
    private final double wandering;
    private final double recovery;
    private final double share;
    private final CountNoise noise;
    private final double logInfectious;
    private final double sdOfLog;
    private final ParameterSpace state = States.real("susceptible", "infectious", "new-cases", "log-rate");

    private Sir(Settings s) {
        channels = States.one(s.text("response"));
        population = s.number("population");
        logRate = StrictMath.log(s.number("rate"));
        wandering = s.number("rate-variance");
        recovery = s.number("recovery");
        share = s.number("share");
        noise = new CountNoise(s.number("dispersion"));
        logInfectious = StrictMath.log(s.struct("initial").number("infectious"));
        sdOfLog = s.struct("initial").number("sd-of-log");
    }

    static Sir build(Settings settings) { return new Sir(settings); }

    @Override
    public ParameterSpace state() { return state; }

    @Override
    public List<String> channels() { return channels; }

    @Override
    public void drawInitial(Particles x, Moment first, Randomness random, long step, int iteration, Scratch scratch) {
        int n = x.stride;
        double[] v = x.values;
        random.normals(step, Purpose.PRIOR, iteration, v, n, n);
        for (int i = n; i < 2 * n; i++) {
            v[i] = Math.fma(sdOfLog, v[i], logInfectious);
        }
        LaneMath.get().exp(v, n, v, n, n);
        for (int i = 0; i < n; i++) {
            v[n + i] = Math.min(v[n + i], population);
            v[i] = population - v[n + i];
            v[2 * n + i] = v[n + i];
            v[3 * n + i] = logRate;
        }
        x.pad();
    }

    @Override
    public void propagate(Particles x, Moment moment, Randomness random, long step, int iteration, Scratch scratch) {
        if (moment.elapsed == 0) {
            return;
        }
        int mark = scratch.mark();
        int n = x.stride;
        double dt = moment.elapsed;
        double[] v = x.values;
        double[] z = scratch.take(3 * n);
        double[] chance = scratch.take(n);
        random.normals(step, Purpose.NOISE, iteration, z, 0, 3 * n);
        double sd = Math.sqrt(wandering * dt);
        for (int i = 0; i < n; i++) {
            v[3 * n + i] = Math.fma(sd, z[2 * n + i], v[3 * n + i]);
        }
        LaneMath.get().exp(v, 3 * n, chance, 0, n);
        for (int i = 0; i < n; i++) {
            chance[i] *= -v[n + i] / population * dt;
        }
        LaneMath.get().expm1(chance, 0, chance, 0, n);
        double recovers = -StrictMath.expm1(-recovery * dt);
        for (int i = 0; i < n; i++) {
            double infected = binomial(v[i], -chance[i], z[i]);
            double recovered = binomial(v[n + i], recovers, z[n + i]);
            v[i] -= infected;
            v[n + i] += infected - recovered;
            v[2 * n + i] = infected;
        }
        x.pad();
        scratch.release(mark);
    }

    private static double binomial(double trials, double p, double z) {
        double mean = trials * p;
        return Math.max(0, Math.min(trials, mean + Math.sqrt(mean * (1 - p)) * z));
    }

    @Override
    public void addLogObservation(Particles x, double[] y, Moment moment, double[] logDensity, double[] score, Scratch scratch) {
        if (y[0] != y[0]) {
            return;
        }
        int mark = scratch.mark();
        int n = x.stride;
        double[] logMean = scratch.take(n);
        double[] slope = score == null ? null : scratch.take(n);
        for (int i = 0; i < n; i++) {
            logMean[i] = Math.max(share * x.values[2 * n + i], LEAST_MEAN);
        }
        LaneMath.get().log(logMean, 0, logMean, 0, n);
        noise.addLog(y[0], logMean, logDensity, slope, n, scratch);
        if (score != null) {
            for (int i = 0; i < n; i++) {
                score[2 * n + i] += slope[i] / Math.max(x.values[2 * n + i], LEAST_MEAN);
            }
        }
        scratch.release(mark);
    }

    @Override
    public void drawObservation(Particles x, Moment moment, double[] out, Randomness random, long step, int iteration, Scratch scratch) {
        int mark = scratch.mark();
        int n = x.stride;
        double[] mean = scratch.take(n);
        Arrays.fill(mean, 0, n, 0.0);
        LaneMath.get().axpy(share, x.values, 2 * n, mean, 0, n);
        noise.draw(mean, out, n, random, step, iteration);
        scratch.release(mark);
    }
}
