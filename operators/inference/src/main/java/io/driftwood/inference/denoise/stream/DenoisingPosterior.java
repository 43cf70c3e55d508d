package io.driftwood.inference.denoise.stream;

import io.driftwood.inference.assimilate.Answer;
import io.driftwood.inference.assimilate.Facts;
import io.driftwood.inference.assimilate.Gate;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.Question;
import io.driftwood.inference.assimilate.SamplerOptions;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.denoise.Denoised;
import io.driftwood.inference.denoise.learn.LearnedMixture;
import io.driftwood.inference.filter.Clock;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.StepFacts;
import java.util.List;
import java.util.Set;

/**
 * The posterior of an x that is measured again and again with noise. A key's state is the recursion's array of numbers; a step reads a record,
 * takes its measurement up or back, and counts. Exact; evidence too, unless the past fades, when its increments add up to a score.
 *
 * <p>A record without any coordinate weighs nothing; time passes with it. A record that is no measurement, such as one of negative noise, is refused and changes nothing
 * but counters. Allocates nothing in the step after warm-up.
 */
public final class DenoisingPosterior implements SequentialPosterior {

    private final Recursion recursion;
    private final MeasurementFields fields;
    private final Clock clock;
    private final DenoisingReport report;
    private final long seed;
    private final Gate gate;
    private final Measurement measurement;
    private final StepInfo info = new StepInfo();
    private final Denoised answer;
    private final Particles draws;
    private final LogWeights weights;
    /** Whose answer {@link #answer} is, and after which of its steps. */
    private PosteriorState answered;
    private long answeredStep;

    DenoisingPosterior(Recursion recursion, MeasurementFields fields, Clock clock, DenoisingReport report, int draws, long seed) {
        this.recursion = recursion;
        this.fields = fields;
        this.clock = clock;
        this.report = report;
        this.seed = seed;
        this.gate = new Gate(fields.all());
        this.measurement = fields.newMeasurement();
        this.answer = new Denoised(recursion.dimension(), recursion.modes());
        this.draws = new Particles(draws, recursion.unknowns().size());
        this.weights = new LogWeights(draws);
    }

    @Override
    public List<String> fields() { return fields.all(); }

    @Override
    public Set<String> samplerOptions() { return SamplerOptions.DRAWING; }

    @Override
    public PosteriorState start(String key) {
        PosteriorState state = new PosteriorState();
        state.phase = PosteriorState.Phase.EXACT;
        state.keyBits = Randomness.of(seed, key).keyBits();
        state.history = new Rows(0);
        state.statistics = recursion.start();
        return state;
    }

    @Override
    public StepInfo step(PosteriorState state, Observation record, Scratch scratch) {
        info.clear();
        state.step++;
        info.rejection = refusal(state, record);
        if (info.rejection == null) {
            info.rejection = take(state, record, scratch);
        }
        if (info.rejection != null) {
            state.rejected++;
            return info;
        }
        info.ess = weights.size;
        state.assimilated++;
        state.clock = Math.max(state.clock, record.eventTime());
        return info;
    }

    private String refusal(PosteriorState state, Observation record) {
        String refusal = gate.refusal(record);
        if (refusal == null) {
            refusal = clock.refusal(state, record);
        }
        return refusal == null ? fields.read(record.values(), measurement) : refusal;
    }

    /** The step itself. Null, or why the measurement cannot be what it says. */
    private String take(PosteriorState state, Observation record, Scratch scratch) {
        info.missing = measurement.present == 0;
        measurement.elapsed = state.assimilated == 0 ? 0 : clock.elapsed(state, record);
        double before = state.logEvidence;
        answered = null;
        if (info.missing && !recursion.movesWithTime()) {
            return null;
        }
        recursion.step(state.statistics, measurement, answer, scratch);
        if (answer.refusal != Denoised.Refusal.NONE) {
            return "it takes back a measurement that has not been taken up";
        }
        answered = state;
        answeredStep = state.step;
        info.logEvidenceIncrement = answer.logPredictive;
        state.logEvidence = recursion.keepsEvidence() ? answer.logEvidence : before + info.logEvidenceIncrement;
        return null;
    }

    @Override
    public PosteriorSummary summarise(PosteriorState state, Observation record, StepInfo info, Scratch scratch) {
        if (answered != state || answeredStep != state.step) {
            recursion.answer(state.statistics, answer, scratch);
            answered = state;
            answeredStep = state.step;
        }
        if (report.needsDraws(state.assimilated)) {
            recursion.draw(state.statistics, draws, state.randomness(), state.step, scratch);
        }
        StepFacts facts = Facts.of(state, record, info, 0, recursion.keepsEvidence() ? "exact" : "score", "");
        return report.of(recursion, state.statistics, answer, draws, weights, facts, scratch);
    }

    /** What is known of every unknown at the time of the question: of an x that walks, as far as it may have gone by then. */
    @Override
    public Answer answer(PosteriorState state, Question question, Scratch scratch) {
        double[] memory = state.statistics;
        if (recursion.movesWithTime() && state.assimilated > 0) {
            memory = memory.clone();
            measurement.clear();
            measurement.elapsed = clock.sinceLast(state, question);
            recursion.step(memory, measurement, answer, scratch);
        } else {
            recursion.answer(memory, answer, scratch);
        }
        answered = null;
        return Answer.of(question, state.assimilated, report.levels(), "", report.unknowns(recursion, memory, answer, scratch));
    }

    /**
     * This state then knows what both have measured of the same x, as if one key had seen all: for what was sharded and comes together. The order does not
     * matter; counters add up.
     *
     * @throws UnsupportedOperationException for an x that walks
     */
    public void merge(PosteriorState state, PosteriorState other, Scratch scratch) {
        recursion.merge(state.statistics, other.statistics);
        recursion.answer(state.statistics, answer, scratch);
        state.logEvidence = recursion.keepsEvidence() ? answer.logEvidence : state.logEvidence + other.logEvidence;
        state.step += other.step;
        state.assimilated += other.assimilated;
        state.rejected += other.rejected;
        state.clock = Math.max(state.clock, other.clock);
        answered = null;
    }

    /** The same with a learned law of x, a mixture or a normal: what keys have measured counts under the new law as it did under the old one. */
    public DenoisingPosterior with(Learned learned) {
        Recursion other = recursion.with(LearnedMixture.prior(learned, recursion.dimension()), learned);
        return new DenoisingPosterior(other, fields, clock, report, draws.size, seed);
    }
}
