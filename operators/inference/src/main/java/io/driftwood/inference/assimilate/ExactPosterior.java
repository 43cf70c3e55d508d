package io.driftwood.inference.assimilate;

import io.driftwood.inference.model.ConjugateModel;
import io.driftwood.inference.model.Parameter;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import io.driftwood.inference.summary.StepFacts;
import io.driftwood.inference.summary.Summariser;
import java.util.List;
import java.util.Set;

/**
 * The posterior of a conjugate model, exact: sufficient statistics per key, O(1) time and memory per observation. Moments,
 * quantiles and evidence are closed forms; only derived quantities and samples need draws, and those are independent.
 */
final class ExactPosterior implements SequentialPosterior {

    private final ConjugateModel model;
    private final Summariser summariser;
    private final long seed;
    private final Gate gate;
    private final double[] row;
    private final StepInfo info = new StepInfo();
    private final Particles draws;
    private final LogWeights weights;
    private final Responses responses;

    ExactPosterior(ConjugateModel model, Summariser summariser, int draws, long seed) {
        this.model = model;
        this.summariser = summariser;
        this.seed = seed;
        this.gate = new Gate(model.fields());
        this.row = new double[model.rowWidth()];
        this.draws = new Particles(draws, model.parameters().dimension());
        this.weights = new LogWeights(draws);
        this.responses = new Responses(model, summariser);
    }

    @Override
    public List<String> fields() { return model.fields(); }

    @Override
    public Set<String> samplerOptions() { return SamplerOptions.DRAWING; }

    @Override
    public PosteriorState start(String key) {
        PosteriorState state = new PosteriorState();
        state.phase = PosteriorState.Phase.EXACT;
        state.keyBits = Randomness.of(seed, key).keyBits();
        state.history = new Rows(model.rowWidth());
        state.statistics = new double[model.statisticsLength()];
        model.initialise(state.statistics);
        return state;
    }

    @Override
    public StepInfo step(PosteriorState state, Observation y, Scratch scratch) {
        info.clear();
        state.step++;
        info.rejection = gate.refusal(y);
        if (info.rejection != null) {
            state.rejected++;
            return info;
        }
        model.encode(y.values(), row);
        info.missing = Gate.hasMissing(row);
        if (!info.missing) {
            double increment = model.logPredictive(state.statistics, row);
            if (!Double.isFinite(increment)) {
                info.rejection = "this observation has density zero under the model";
                state.rejected++;
                return info;
            }
            model.update(state.statistics, row);
            state.logEvidence += increment;
            info.logEvidenceIncrement = increment;
        }
        info.ess = weights.size;
        state.assimilated++;
        state.clock = Math.max(state.clock, y.eventTime());
        return info;
    }

    @Override
    public PosteriorSummary summarise(PosteriorState state, Observation y, StepInfo info, Scratch scratch) {
        if (summariser.needsDraws(state.assimilated)) {
            model.sample(state.statistics, draws, state.randomness(), state.step, scratch);
        }
        StepFacts facts = Facts.of(state, y, info, 0, "exact", "");
        return summariser.exact(quantities(state.statistics), draws, weights, facts, scratch);
    }

    @Override
    public List<String> asks() { return responses.asks(); }

    @Override
    public Answer answer(PosteriorState state, Question question, Scratch scratch) {
        String refusal = responses.refusal(question);
        if (refusal != null) {
            return Answer.refused(question, state.assimilated, refusal);
        }
        model.sample(state.statistics, draws, state.randomness(), state.step, scratch);
        return responses.answer(state, question, draws, weights, "", scratch);
    }

    private Quantity[] quantities(double[] statistics) {
        List<Parameter> parameters = model.parameters().parameters();
        Quantity[] out = new Quantity[parameters.size()];
        for (int k = 0; k < out.length; k++) {
            double[] levels = summariser.levels();
            double[] at = new double[levels.length];
            for (int q = 0; q < levels.length; q++) {
                at[q] = model.quantile(statistics, k, levels[q]);
            }
            out[k] = new Quantity(parameters.get(k).name(), model.mean(statistics, k), model.standardDeviation(statistics, k), at);
        }
        return out;
    }
}
