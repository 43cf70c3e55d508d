package io.driftwood.flink;

import io.driftwood.inference.assimilate.Alarm;
import io.driftwood.inference.assimilate.Answer;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.Question;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import java.util.List;
import java.util.Map;

/**
 * A {@link DriftingPosterior} that has something learned added to what it sees, tells of large observations by an alarm, and answers with what is in its
 * state; so that a version, an order or a record that is not the right one shows in what leaves.
 */
final class TaughtPosterior implements SequentialPosterior {

    private static final double LARGE = 0.95;

    private final DriftingPosterior posterior = new DriftingPosterior();
    private final double shift;

    TaughtPosterior() { this(0); }

    private TaughtPosterior(double shift) { this.shift = shift; }

    /** Something that this posterior can take up. */
    static Learned shift(long version, long eventTime) {
        return Learned.of("shift", "shift", version, eventTime, Map.of(), Map.of("by", new double[] {Math.sin(17.0 * version)}));
    }

    @Override
    public List<String> fields() { return posterior.fields(); }

    @Override
    public PosteriorState start(String key) { return posterior.start(key); }

    @Override
    public StepInfo step(PosteriorState state, Observation y, Scratch scratch) {
        double value = y.values()[0];
        StepInfo info = posterior.step(state, new Observation(y.key(), y.eventTime(), new double[] {value + shift}, y.origin(), y.offset()), scratch);
        if (value > LARGE && info.rejection == null) {
            info.alarms.add(new Alarm("large", "y", Observation.NO_TIME, value, LARGE, "A large y."));
        }
        return info;
    }

    @Override
    public PosteriorSummary summarise(PosteriorState state, Observation y, StepInfo info, Scratch scratch) {
        return posterior.summarise(state, y, info, scratch);
    }

    @Override
    public SequentialPosterior with(Learned learned) {
        learned.require("shift");
        return new TaughtPosterior(learned.array("by", 1)[0]);
    }

    @Override
    public List<String> asks() { return List.of("times"); }

    @Override
    public Answer answer(PosteriorState state, Question question, Scratch scratch) {
        if (question.values()[0] < 0) {
            return Answer.refused(question, state.assimilated, "negative");
        }
        double told = question.values()[0] * (state.statistics[0] + shift);
        return Answer.of(question, state.assimilated, new double[0], "", new Quantity("told", told, state.logEvidence, new double[0]));
    }
}
