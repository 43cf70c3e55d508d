package io.driftwood.flink;

import io.driftwood.inference.assimilate.SequentialPosterior;
import java.io.Serializable;

/** Makes the recursion where the job runs: called once for each operator instance, which then owns what it got. */
@FunctionalInterface
public interface PosteriorSupplier extends Serializable {
    SequentialPosterior get();
}
