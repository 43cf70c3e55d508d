package io.driftwood.inference.filter;

import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.filter.dynamics.StateSpaceModel;

/** A way to filter, before it is known which model it serves. */
public interface FilterMethod {

    /** @throws ConfigurationException when the model lacks what this method needs */
    Filter with(StateSpaceModel model, FilterSetup setup);
}
