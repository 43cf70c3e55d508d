package io.driftwood.inference.filter;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SamplerOptions;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.filter.dynamics.Moment;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.summary.PosteriorSummary;
import java.util.Set;

/**
 * Carries the posterior of a moving state from one record to the next. What it knows of a key is in the {@link PosteriorState}: population and
 * weights, or numbers of its own in {@code statistics}; it owns buffers only.
 */
public interface Filter {

    StateSpaceModel model();

    /** Which of {@link SamplerOptions#OPTIONS} the filter depends on. */
    Set<String> samplerOptions();

    /** Makes room in a new key's state. */
    void prepare(PosteriorState state);

    /**
     * Moves the state to the time of a record, and weighs it by what was measured. Adds to the log-evidence.
     *
     * @param y the channels; NaN where nothing was measured, perhaps everywhere: then time goes on and nothing is weighed
     * @param first whether nothing has been assimilated yet: the state starts here
     * @return null, or why the measurement could not be weighed; then the state has moved in time only
     */
    String advance(PosteriorState state, double[] y, Moment moment, boolean first, StepInfo info, Scratch scratch);

    /** Overwrites {@code out} by states drawn from the posterior, each as likely as another. Purpose of its numbers: RESAMPLE and SUMMARY, iteration -1. */
    void draw(PosteriorState state, Particles out, Scratch scratch);

    /**
     * What the next measurements are expected to be: in closed form where there is one.
     *
     * @param draws of the state, where there is none
     */
    default Foresight foresight(int draws) { return new DrawnForesight(this, draws); }

    /** One sentence when posterior and forecasts are not exact or consistent, else empty. */
    default String bias() { return ""; }

    PosteriorSummary summarise(PosteriorState state, Observation y, StepInfo info, Scratch scratch);
}
