package io.driftwood.jobs.topology;

import io.driftwood.flink.FarObservations;
import io.driftwood.inference.assimilate.Histories;
import io.driftwood.inference.assimilate.LaplaceRecursion;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.learn.Learners;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.learned.Learner;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.variational.FarStep;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How a job notices which of its own records are far, for a learner inside it.
 *
 * @param settings of the whole configuration, checked
 */
record FarRecipe(Settings settings) implements FarObservations.Supplier {

    @Override
    public LaplaceRecursion get() { return new LaplaceRecursion(((Subject.Standing) Subject.of(settings)).model()); }

    double conditionalEss() { return learner().number("conditional-ess"); }

    private Settings learner() { return settings.struct("learn").struct("learner"); }

    /**
     * Names of the numbers of a far step, in the order in which the learner gets them.
     *
     * @throws io.driftwood.inference.catalogue.ConfigurationException when this job's far steps cannot be known, or what is learned from them is of no use to it
     */
    List<String> fields(SequentialPosterior posterior) {
        if (!(Subject.of(settings) instanceof Subject.Standing standing)) {
            throw refusal("learns how far observations move a posterior of parameters that stand still, and here is none");
        }
        if (settings.optionalStruct("history").map(Histories.CATALOGUE::build).stream().anyMatch(history -> !history.keepsEvidence())) {
            throw refusal("follows a posterior that forgets nothing; take history full");
        }
        int dimension = standing.model().parameters().dimension();
        try {
            get();
            posterior.with(first(dimension));
        } catch (IllegalArgumentException e) {
            throw refusal("cannot follow this model: " + e.getMessage());
        } catch (Learned.UnfitException e) {
            throw refusal("learns what this job cannot take up: " + e.getMessage());
        }
        return Stream.of("shift-", "sd-").flatMap(what -> IntStream.rangeClosed(1, dimension).mapToObj(j -> what + j)).toList();
    }

    /** What hardly any tuning would make of a step of length one. */
    private Learned first(int dimension) {
        Learner learner = Learners.CATALOGUE.build(learner().with("iterations", 1L));
        double[] shift = new double[dimension];
        double[] sd = new double[dimension];
        Arrays.fill(sd, 1);
        shift[0] = 1;
        return learner.snapshot(learner.learn(learner.start(), new FarStep(shift, sd).values(), new Scratch()), 1, 0).orElseThrow();
    }

    private RuntimeException refusal(String reason) { return settings.struct("learn").problem("learner", reason); }
}
