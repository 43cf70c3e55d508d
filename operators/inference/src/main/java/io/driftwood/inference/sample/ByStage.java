package io.driftwood.inference.sample;

import io.driftwood.inference.assimilate.Mover;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.Rejuvenation;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** A rejuvenation of its own for every stage, made when it is first needed. For one run. */
final class ByStage implements Rejuvenation {

    private final IntFunction<Rejuvenation> make;
    private final List<Rejuvenation> made = new ArrayList<>();

    ByStage(IntFunction<Rejuvenation> make) { this.make = make; }

    @Override
    public void rejuvenate(PosteriorState state, Target target, Mover mover, int stage, StepInfo info, Scratch scratch) {
        of(stage).rejuvenate(state, target, mover, stage, info, scratch);
    }

    @Override
    public int chains(int size) { return of(0).chains(size); }

    private Rejuvenation of(int stage) {
        while (made.size() <= stage) {
            made.add(make.apply(made.size()));
        }
        return made.get(stage);
    }
}
