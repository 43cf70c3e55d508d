package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;

/** By draws of the state, moved and measured as the model says; for any filter. */
final class DrawnForesight implements Foresight {

    private final Filter filter;
    private final StateSpaceModel model;
    private final Particles states;
    private final double[] drawn;
    private final DrawnLaw law;

    DrawnForesight(Filter filter, int draws) {
        this.filter = filter;
        model = filter.model();
        states = new Particles(draws, model.dimension());
        drawn = new double[model.channels().size() * states.stride];
        law = new DrawnLaw(draws);
    }

    @Override
    public void begin(PosteriorState state, Moment first, int iteration, Scratch scratch) {
        model.drawInitial(states, first, state.randomness(), state.step, iteration, scratch);
    }

    @Override
    public void start(PosteriorState state, Scratch scratch) { filter.draw(state, states, scratch); }

    @Override
    public void move(PosteriorState state, Moment moment, int iteration, Scratch scratch) {
        model.propagate(states, moment, state.randomness(), state.step, iteration, scratch);
    }

    @Override
    public void measure(PosteriorState state, Moment moment, int iteration, Scratch scratch) {
        model.drawObservation(states, moment, drawn, state.randomness(), state.step, iteration, scratch);
    }

    @Override
    public Expected channel(int c) {
        law.of(drawn, c * states.stride);
        return law;
    }
}
