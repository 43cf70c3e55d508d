package io.driftwood.flink;

import io.driftwood.inference.learned.Learner;
import java.io.Serializable;

/** Makes the learner where the job runs. */
@FunctionalInterface
public interface LearnerSupplier extends Serializable {
    Learner get();
}
