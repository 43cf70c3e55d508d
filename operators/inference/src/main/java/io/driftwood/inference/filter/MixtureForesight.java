package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/**
 * The law of the next measurements where particles carry conditions: some particles are chosen by their weights, their conditions move by draws,
 * and given those each measurement is normal: a mixture of as many normals.
 */
final class MixtureForesight implements Foresight {

    /** More normals than this are not worth their time. */
    private static final int MOST = 256;

    /** Overwrites particles by some of a posterior, each as likely as another. */
    interface Chooser {

        void choose(PosteriorState state, Particles out, Scratch scratch);
    }

    private final RaoBlackwellisedProposal proposal;
    private final Chooser chooser;
    private final Particles x;
    private final double[] means;
    private final double[] variances;
    private final NormalMixture law;

    MixtureForesight(RaoBlackwellisedProposal proposal, int draws, Chooser chooser) {
        this.proposal = proposal;
        this.chooser = chooser;
        int count = Math.min(draws, MOST);
        x = new Particles(count, proposal.columns());
        means = new double[proposal.channels() * count];
        variances = new double[proposal.channels() * count];
        law = new NormalMixture(count);
    }

    @Override
    public void begin(PosteriorState state, Moment first, int iteration, Scratch scratch) {
        proposal.begin(x, first, state.randomness(), state.step, iteration, scratch);
    }

    @Override
    public void start(PosteriorState state, Scratch scratch) { chooser.choose(state, x, scratch); }

    @Override
    public void move(PosteriorState state, Moment moment, int iteration, Scratch scratch) {
        proposal.coast(x, moment, state.randomness(), state.step, iteration, scratch);
    }

    @Override
    public void measure(PosteriorState state, Moment moment, int iteration, Scratch scratch) { proposal.expect(x, moment, means, variances); }

    @Override
    public Expected channel(int c) {
        for (int i = 0; i < x.size; i++) {
            law.set(i, means[c * x.size + i], variances[c * x.size + i]);
        }
        return law;
    }
}
