package io.driftwood.calibration;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.Posteriors;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Parameter;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.SummaryOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Runs the replicates of a case. Of every replicate: where the truth stands among the weighted draws of its posterior
 * (probability integral transform), for every parameter and for the log-likelihood of what the posterior is given; and between which published
 * quantiles every parameter lies.
 */
final class Calibration {

    private static final double[] LEVELS = IntStream.rangeClosed(1, 19).mapToDouble(k -> k / 20.0).toArray();

    /** Name of a quantity to its number in every replicate, each uniform on (0, 1) when calibrated. */
    final Map<String, double[]> uniforms = new LinkedHashMap<>();
    /** Final log-evidence of every replicate, and its observations. */
    final double[] logEvidence;
    final List<double[][]> streams = new ArrayList<>();
    /** Observations refused, of all replicates: what was simulated from the model is never impossible. */
    long refused;

    private final CalibrationCase c;
    private final Model model;
    private final Randomness random;
    private final Particles truths;
    private final SequentialPosterior posterior;
    private final Scratch scratch = new Scratch();

    private Calibration(CalibrationCase c, int replicates, long seed) {
        this.c = c;
        this.model = c.model();
        this.random = Randomness.of(seed, "truths of " + c.name());
        this.truths = Truths.draw(c, replicates, random);
        this.logEvidence = new double[replicates];
        this.posterior = Posteriors.build(model, c.sampler(), c.history(),
                new SummaryOptions("calibration", LEVELS, List.of(), 1, (int) CalibrationCase.PARTICLES));
    }

    static Calibration run(CalibrationCase c, int replicates, long seed) {
        Calibration calibration = new Calibration(c, replicates, seed);
        for (int r = 0; r < replicates; r++) {
            calibration.replicate(r, seed);
        }
        return calibration;
    }

    private void replicate(int r, long seed) {
        double[][] stream = simulate(r, Randomness.of(seed, c.name() + ", data " + r));
        streams.add(stream);
        String key = "replicate " + r + " of seed " + seed;
        PosteriorState state = posterior.start(key);
        PosteriorSummary summary = null;
        for (int t = 0; t < stream.length; t++) {
            Observation y = new Observation(key, t, stream[t], "simulation", t);
            StepInfo info = posterior.step(state, y, scratch);
            refused += info.rejection == null ? 0 : 1;
            summary = t == stream.length - 1 ? posterior.summarise(state, y, info, scratch) : null;
        }
        logEvidence[r] = summary.logEvidence();
        record(r, stream, summary);
    }

    private double[][] simulate(int r, Randomness data) {
        int before = c.training().length;
        double[][] stream = new double[before + c.length()][];
        for (int t = 0; t < stream.length; t++) {
            if (t < before) {
                stream[t] = c.training()[t];
                continue;
            }
            stream[t] = new double[model.fields().size()];
            model.simulateCovariates(stream[t], data, t);
            model.simulate(truths, r, stream[t], data, t, 0);
        }
        return stream;
    }

    private void record(int r, double[][] stream, PosteriorSummary summary) {
        Particles truth = new Particles(1, truths.dimension);
        double[] unconstrained = new double[truths.dimension];
        for (int j = 0; j < truths.dimension; j++) {
            unconstrained[j] = truths.get(j, r);
            truth.set(j, 0, unconstrained[j]);
        }
        truth.pad();
        List<Parameter> parameters = model.parameters().parameters();
        double[] constrained = new double[parameters.size()];
        model.parameters().constrain(unconstrained, constrained);
        double[] jitter = new double[parameters.size()];
        random.uniforms(1 + r, Purpose.USER, 1, jitter, 0, jitter.length);
        double[] weights = summary.samples().weights();
        for (int k = 0; k < constrained.length; k++) {
            String name = parameters.get(k).name();
            put(name, r, below(summary.samples().values()[k], weights, constrained[k]));
            int between = 0;
            for (double quantile : summary.parameters()[k].quantiles()) {
                between += quantile < constrained[k] ? 1 : 0;
            }
            put(name + " between quantiles", r, (between + jitter[k]) / (LEVELS.length + 1));
        }
        put("log-likelihood", r, below(logLikelihood(draws(summary), stream), weights, logLikelihood(truth, stream)[0]));
    }

    private Particles draws(PosteriorSummary summary) {
        double[][] values = summary.samples().values();
        Particles draws = new Particles(summary.samples().weights().length, truths.dimension);
        double[] constrained = new double[values.length];
        double[] unconstrained = new double[truths.dimension];
        for (int i = 0; i < draws.size; i++) {
            for (int k = 0; k < values.length; k++) {
                constrained[k] = values[k][i];
            }
            model.parameters().unconstrain(constrained, unconstrained);
            for (int j = 0; j < unconstrained.length; j++) {
                draws.set(j, i, unconstrained[j]);
            }
        }
        draws.pad();
        return draws;
    }

    private double[] logLikelihood(Particles theta, double[][] stream) {
        double[] out = new double[theta.stride];
        int from = Math.max(0, stream.length - c.remembered());
        model.addLogLikelihood(theta, Truths.rows(model, stream), from, stream.length, out, null, scratch);
        return out;
    }

    private static double below(double[] values, double[] weights, double truth) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            // Ties count half: the log-likelihood can have them.
            sum += values[i] < truth ? weights[i] : values[i] == truth ? weights[i] / 2 : 0;
        }
        return sum;
    }

    private void put(String name, int r, double uniform) {
        uniforms.computeIfAbsent(name, n -> new double[logEvidence.length])[r] = uniform;
    }
}
