package io.driftwood.flink;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.PosteriorSummary;
import java.util.List;

/** A posterior with a programming error in its step. */
record BrokenPosterior(SequentialPosterior rest) implements SequentialPosterior {

    @Override
    public List<String> fields() { return rest.fields(); }

    @Override
    public PosteriorState start(String key) { return rest.start(key); }

    @Override
    public StepInfo step(PosteriorState state, Observation y, Scratch scratch) { throw new ArithmeticException("division by zero"); }

    @Override
    public PosteriorSummary summarise(PosteriorState state, Observation y, StepInfo info, Scratch scratch) {
        return rest.summarise(state, y, info, scratch);
    }
}
