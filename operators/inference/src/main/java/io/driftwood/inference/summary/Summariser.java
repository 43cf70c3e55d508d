package io.driftwood.inference.summary;

import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Parameter;
import io.driftwood.inference.model.ParameterSpace;
import io.driftwood.inference.model.Predictor;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import java.util.Arrays;
import java.util.List;

/**
 * Turns a weighted population into a {@link PosteriorSummary}: weighted mean, standard deviation and quantiles of every
 * constrained parameter and derived quantity. All consistent, with error of order 1/sqrt(ESS). Not safe to share between threads.
 */
public final class Summariser {

    private static final Quantity[] NO_QUANTITIES = {};

    private final ParameterSpace space;
    private final Predictor predictor;
    private final SummaryOptions options;
    private final WeightedQuantiles quantiles = new WeightedQuantiles();

    public Summariser(Model model, SummaryOptions options) { this(model.parameters(), model, options); }

    /** @param space how people read the columns of a population */
    public Summariser(ParameterSpace space, Predictor predictor, SummaryOptions options) {
        this.space = space;
        this.predictor = predictor;
        this.options = options;
    }

    /** Summary of a population. */
    public PosteriorSummary of(Particles theta, LogWeights weights, StepFacts facts, Scratch scratch) {
        int mark = scratch.mark();
        List<Parameter> names = space.parameters();
        double[] constrained = scratch.take(names.size() * theta.stride);
        space.constrain(theta, constrained, scratch);
        Quantity[] parameters = new Quantity[names.size()];
        for (int k = 0; k < parameters.length; k++) {
            parameters[k] = quantity(names.get(k).name(), constrained, k * theta.stride, weights);
        }
        PosteriorSummary summary = assemble(parameters, derived(theta, constrained, weights, scratch), theta.size, facts,
                samplesDue(facts.seq()) ? samples(constrained, theta, weights) : null);
        scratch.release(mark);
        return summary;
    }

    /** Summary of a posterior known exactly: its parameters come in closed form, its derived quantities from exact draws. */
    public PosteriorSummary exact(Quantity[] parameters, Particles draws, LogWeights weights, StepFacts facts, Scratch scratch) {
        return exact(parameters, NO_QUANTITIES, draws, weights, facts, scratch);
    }

    /** @param more derived quantities in closed form, which stand after those from draws */
    public PosteriorSummary exact(Quantity[] parameters, Quantity[] more, Particles draws, LogWeights weights, StepFacts facts, Scratch scratch) {
        if (!needsDraws(facts.seq())) {
            return assemble(parameters, more, draws.size, facts, null);
        }
        int mark = scratch.mark();
        double[] constrained = scratch.take(space.parameters().size() * draws.stride);
        space.constrain(draws, constrained, scratch);
        Quantity[] derived = derived(draws, constrained, weights, scratch);
        Quantity[] all = Arrays.copyOf(derived, derived.length + more.length);
        System.arraycopy(more, 0, all, derived.length, more.length);
        PosteriorSummary summary = assemble(parameters, all, draws.size, facts, samplesDue(facts.seq()) ? samples(constrained, draws, weights) : null);
        scratch.release(mark);
        return summary;
    }

    /** Summary while there is no posterior yet: every number is missing. */
    public PosteriorSummary empty(StepFacts facts) {
        Quantity[] parameters = space.parameters().stream().map(p -> missing(p.name())).toArray(Quantity[]::new);
        Quantity[] derived = options.derived().stream().map(d -> missing(d.name())).toArray(Quantity[]::new);
        return assemble(parameters, derived, 0, facts, null);
    }

    /** Whether anything but closed forms is asked for with this summary, so that an exact posterior must draw. */
    public boolean needsDraws(long seq) { return !options.derived().isEmpty() || samplesDue(seq); }

    /** E[response | parameters, covariates] under the posterior. {@code values} are the model's fields, the response NaN. */
    public Quantity response(String name, double[] values, Particles theta, LogWeights weights, Scratch scratch) {
        int mark = scratch.mark();
        double[] expected = scratch.take(theta.stride);
        predictor.predictMean(theta, values, expected, scratch);
        Quantity response = quantity(name, expected, 0, weights);
        scratch.release(mark);
        return response;
    }

    public double[] levels() { return options.levels(); }

    private Quantity[] derived(Particles theta, double[] constrained, LogWeights weights, Scratch scratch) {
        Quantity[] out = new Quantity[options.derived().size()];
        int mark = scratch.mark();
        double[] values = scratch.take(theta.stride);
        for (int k = 0; k < out.length; k++) {
            Derived derived = options.derived().get(k);
            derived.evaluate(predictor, theta, constrained, values, scratch);
            out[k] = quantity(derived.name(), values, 0, weights);
        }
        scratch.release(mark);
        return out;
    }

    private Quantity quantity(String name, double[] values, int offset, LogWeights weights) {
        LaneMath math = LaneMath.get();
        double mean = math.dot(weights.normalised, 0, values, offset, weights.size);
        double variance = math.weightedSquares(weights.normalised, 0, values, offset, mean, weights.size);
        double[] at = new double[options.levels().length];
        quantiles.at(values, offset, weights.normalised, weights.size, options.levels(), at);
        return new Quantity(name, mean, Math.sqrt(variance), at);
    }

    private Quantity missing(String name) {
        double[] at = new double[options.levels().length];
        Arrays.fill(at, Double.NaN);
        return new Quantity(name, Double.NaN, Double.NaN, at);
    }

    private boolean samplesDue(long seq) { return options.samplesEvery() > 0 && seq % options.samplesEvery() == 0; }

    /** Every (N/count)-th particle with its weight, the weights summing to 1 again. */
    private PosteriorSummary.Samples samples(double[] constrained, Particles theta, LogWeights weights) {
        int count = Math.min(options.samplesCount(), theta.size);
        String[] names = space.parameters().stream().map(Parameter::name).toArray(String[]::new);
        double[][] values = new double[names.length][count];
        double[] kept = new double[count];
        double total = 0;
        for (int s = 0; s < count; s++) {
            int i = (int) ((long) s * theta.size / count);
            for (int k = 0; k < names.length; k++) {
                values[k][s] = constrained[k * theta.stride + i];
            }
            kept[s] = weights.normalised[i];
            total += kept[s];
        }
        for (int s = 0; s < count; s++) {
            kept[s] /= total;
        }
        return new PosteriorSummary.Samples(names, values, kept);
    }

    private PosteriorSummary assemble(Quantity[] parameters, Quantity[] derived, int particles, StepFacts f, PosteriorSummary.Samples samples) {
        return new PosteriorSummary(options.job(), f.key(), f.seq(), f.eventTime(), options.levels(), parameters, derived,
                f.logEvidence(), f.logEvidenceSe(), f.logEvidenceIncrement(), f.evidenceKind(), f.ess(), particles, f.acceptance(),
                f.moves(), f.temperingSteps(), f.resampled(), f.rejectedNonFinite(), f.missing(), f.state(), f.bias(), samples);
    }
}
