package io.driftwood.inference.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.inference.assimilate.Mover;
import io.driftwood.inference.assimilate.Rejuvenation;
import io.driftwood.inference.assimilate.Rejuvenations;
import io.driftwood.inference.assimilate.Tempering;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.particle.SystematicResampler;
import io.driftwood.inference.transition.Transition;
import io.driftwood.inference.transition.Transitions;
import org.junit.jupiter.api.Test;

/** An unbiased estimate must not adapt to the particles that it moves. The bias of one that does is too small to be seen by its mean, so its tuning is looked at. */
class FrozenMoverTest {

    @Test
    void frozenWalk_leavesTheTuningOfTheLadderAsItWas() {
        Transition mala = Transitions.CATALOGUE.build(Settings.of("type", "mala"));
        Rejuvenation threeMoves = Rejuvenations.fixed(3).with(new SystematicResampler());
        AnnealedWalk walk = new AnnealedWalk(Sampling.gaussian(3, 1, 0.5, 0, 1.5), 64, Sampling.run(18, 0));
        Ladder learnt = walk.learn(new Tempering(0.5), threeMoves, new Mover(mala, true, false));
        assertThat(learnt.rungs()).isGreaterThan(2);

        LadderSearch second = new LadderSearch();
        walk.climb(new FixedTemperatures(learnt.betas()), second.heard(threeMoves), FrozenMover.up(mala, learnt), AnnealedWalk.MAIN);

        for (int rung = 0; rung < learnt.rungs(); rung++) {
            assertThat(second.ladder().tuning(rung).stepSize).isEqualTo(learnt.tuning(rung).stepSize);
            assertThat(second.ladder().tuning(rung).lower).containsExactly(learnt.tuning(rung).lower);
        }
    }
}
