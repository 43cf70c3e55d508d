package io.driftwood.jobs.topology;

import io.driftwood.flink.LearnerSupplier;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.learn.Learners;
import io.driftwood.inference.learned.Learner;
import java.util.List;
import java.util.Optional;

/**
 * Learning inside the job: a training stream, what learns from it, and how often that is published.
 *
 * @param input the training stream; empty for the far observations among the job's own records
 * @param fields of a training record
 * @param every records from one version to the next
 */
public record Training(Optional<SideInput> input, LearnerSupplier learner, List<String> fields, int every) {

    /** @param settings of an entry of {@link Learners}, checked */
    record Recipe(Settings settings) implements LearnerSupplier {

        @Override
        public Learner get() {
            return Learners.CATALOGUE.build(settings);
        }
    }
}
