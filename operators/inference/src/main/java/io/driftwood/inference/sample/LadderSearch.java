package io.driftwood.inference.sample;

import io.driftwood.inference.assimilate.Mover;
import io.driftwood.inference.assimilate.Rejuvenation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.assimilate.Temperatures;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.target.Target;
import io.driftwood.inference.transition.Tuning;
import java.util.ArrayList;
import java.util.List;

/** Listens to an adaptive walk and writes down the ladder that it climbs. For one walk. */
final class LadderSearch {

    private final List<Double> betas = new ArrayList<>();
    private final List<Double> logNormalisers = new ArrayList<>();
    private final List<Tuning> tunings = new ArrayList<>();
    private final List<Integer> moves = new ArrayList<>();

    /** The same steps, written down. */
    Temperatures heard(Temperatures temperatures) {
        return (weights, u, beta, stage, scratch) -> {
            double delta = temperatures.step(weights, u, beta, stage, scratch);
            betas.add(delta == 1 - beta ? 1 : beta + delta);
            return delta;
        };
    }

    /** The same moves, with their number and the tuning after them written down. */
    Rejuvenation heard(Rejuvenation rejuvenation) {
        return new Rejuvenation() {
            @Override
            public void rejuvenate(PosteriorState state, Target target, Mover mover, int stage, StepInfo info, Scratch scratch) {
                int before = info.moves.moves;
                logNormalisers.add(state.logEvidence);
                rejuvenation.rejuvenate(state, target, mover, stage, info, scratch);
                moves.add(info.moves.moves - before);
                tunings.add(Ladder.copy(state.tuning));
            }

            @Override
            public boolean resamples(LogWeights weights) { return rejuvenation.resamples(weights); }

            @Override
            public int chains(int size) { return rejuvenation.chains(size); }
        };
    }

    /** After a walk that rejuvenated at every temperature. */
    Ladder ladder() {
        return new Ladder(numbers(betas), tunings.toArray(Tuning[]::new), moves.stream().mapToInt(m -> m).toArray(), numbers(logNormalisers));
    }

    private static double[] numbers(List<Double> list) { return list.stream().mapToDouble(x -> x).toArray(); }
}
