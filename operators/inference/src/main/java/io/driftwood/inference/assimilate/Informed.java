package io.driftwood.inference.assimilate;

import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.LearnedVersion;
import io.driftwood.inference.summary.PosteriorSummary;
import java.util.List;
import java.util.Set;

/** A recursion that has taken up something learned, and says so in whatever it tells. */
final class Informed implements SequentialPosterior {

    private final SequentialPosterior posterior;
    private final LearnedVersion version;

    /** @throws Learned.UnfitException with the reason when it does not fit */
    Informed(SequentialPosterior uninformed, Learned learned) {
        this.posterior = uninformed.with(learned);
        this.version = new LearnedVersion(learned.name(), learned.version());
    }

    @Override
    public List<String> fields() { return posterior.fields(); }

    @Override
    public PosteriorState start(String key) { return posterior.start(key); }

    @Override
    public StepInfo step(PosteriorState state, Observation y, Scratch scratch) { return posterior.step(state, y, scratch); }

    @Override
    public PosteriorSummary summarise(PosteriorState state, Observation y, StepInfo info, Scratch scratch) {
        return posterior.summarise(state, y, info, scratch).with(version);
    }

    @Override
    public Set<String> samplerOptions() { return posterior.samplerOptions(); }

    @Override
    public List<String> asks() { return posterior.asks(); }

    @Override
    public Answer answer(PosteriorState state, Question question, Scratch scratch) {
        return posterior.answer(state, question, scratch).with(version);
    }
}
