package io.driftwood.inference.variational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.learn.Learners;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.learned.Learner;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tuning that goes on with every far observation, against tuning beforehand for the same shift. */
class PathLearnerTest {

    private static final FarStep TEN = new FarStep(new double[] {10, 0, 0}, new double[] {1, 1, 1});
    private static final FarStep NARROW = new FarStep(new double[] {6, 0, 0}, new double[] {0.3, 1, 1});
    private static final int BRIDGES = 16;

    private static Learner learner(int window) {
        Settings settings = Learners.CATALOGUE.find("tuned-path").orElseThrow().defaults();
        return Learners.CATALOGUE.build(settings.with("name", "far").with("window", (long) window).with("bridges", (long) BRIDGES));
    }

    private static double[] taught(Learner learner, double[] state, FarStep... steps) {
        double[] known = state;
        for (FarStep step : steps) {
            known = learner.learn(known, step.values(), new Scratch());
        }
        return known;
    }

    private static Learned version(Learner learner, double[] state) { return learner.snapshot(state, 3, 77).orElseThrow(); }

    private static Bound bound(PathParameters parameters, GaussianTarget target, int size) {
        AnnealedPaths paths = AnnealedPaths.forSampling(target, Method.UHA, BRIDGES, size);
        paths.run(parameters, Randomness.of(9, "fresh"), 0);
        return Bound.of(paths.logWeights(), size);
    }

    private static PathParameters parameters(Learner learner, double[] state) { return TunedPath.of(version(learner, state), 3).parameters(); }

    /** Both bounds from 20,000 fresh paths; the difference of the two tunings is not random, so the margin is what a user would not notice. */
    @Test
    void fourFarObservations_tuneAsWellAsTuningBeforehand() {
        GaussianTarget far = GaussianTarget.independent(TEN.shift(), TEN.sd());
        PathTuner.Options options = new PathTuner.Options(8, 2000, 0.05, 1000, 50, 12, Set.of(Trained.STEP, Trained.FRICTION, Trained.BRIDGES));
        PathParameters beforehand = new PathTuner(Method.UHA, BRIDGES, options).tune(far, TunedPath.first(PathPlan.of(Method.UHA, 3, BRIDGES)), Randomness.of(1, "tune")).parameters();
        Learner learner = learner(8);
        double[] once = taught(learner, learner.start(), TEN);
        assertThat(bound(parameters(learner, once), far, 20_000).mean()).as("after one").isGreaterThan(-0.3);
        double reached = bound(parameters(learner, taught(learner, once, TEN, TEN, TEN)), far, 20_000).mean();
        assertThat(reached).isGreaterThan(bound(beforehand, far, 20_000).mean() - 0.02).isGreaterThan(-0.05);
    }

    /** What the version tells is the mean over the steps that are kept. 5.5 standard errors of both: false alarm 4e-8. */
    @Test
    void theBoundThatAVersionTells_isTheMeanOverTheLastSteps() {
        Learner learner = learner(2);
        double[] state = taught(learner, learner.start(), TEN, TEN, TEN, NARROW);
        Bound ten = bound(parameters(learner, state), GaussianTarget.independent(TEN.shift(), TEN.sd()), 20_000);
        Bound narrow = bound(parameters(learner, state), GaussianTarget.independent(NARROW.shift(), NARROW.sd()), 20_000);
        double[] told = version(learner, state).array("bound", 2);
        assertThat(ten.mean() - narrow.mean()).as("worth telling apart").isGreaterThan(10 * told[1]);
        assertThat(told[0]).isCloseTo((ten.mean() + narrow.mean()) / 2, within(5.5 * Math.sqrt(told[1] * told[1] + narrow.standardError() * narrow.standardError())));
        assertThat(version(learner, state).label("learned-from")).isEqualTo("4 far observations, of which the last 2 moved a posterior mean by 6.0 to 10.0 sd");
    }

    @Test
    void stepsThatAreLongPast_areForgotten() {
        Learner learner = learner(2);
        double[] moved = taught(learner, learner.start(), TEN, TEN, NARROW, NARROW, NARROW, NARROW);
        double[] never = taught(learner, learner.start(), NARROW, NARROW, NARROW, NARROW);
        assertThat(version(learner, moved).label("learned-from")).endsWith("the last 2 moved a posterior mean by 6.0 to 6.0 sd");
        GaussianTarget narrow = GaussianTarget.independent(NARROW.shift(), NARROW.sd());
        assertThat(bound(parameters(learner, moved), narrow, 20_000).mean()).isGreaterThan(bound(parameters(learner, never), narrow, 20_000).mean() - 0.1);
    }

    /** Once as many steps have come as are kept, there is tuning only when all of them are new. */
    @Test
    void aVersion_isThereAfterEveryTuning() {
        Learner learner = learner(2);
        assertThat(learner.snapshot(learner.start(), 1, 1)).isEmpty();
        double[] state = learner.start();
        for (boolean tuned : new boolean[] {true, true, false, true, false, true}) {
            double[] before = state.clone();
            state = taught(learner, state, TEN);
            assertThat(learner.snapshot(state, 1, 1).isPresent()).isEqualTo(tuned);
            if (!tuned) {
                assertThat(parameters(learner, withCountOfTuning(state))).extracting(PathParameters::flat).isEqualTo(parameters(learner, before).flat());
            }
        }
    }

    /** The same state as if tuning had just been done, so that it tells what it holds. */
    private static double[] withCountOfTuning(double[] state) {
        double[] known = state.clone();
        known[0]--;
        return known;
    }

    @Test
    void anotherLearnerThatGoesOnFromTheState_comesToTheSameBits() {
        Learner whole = learner(3);
        double[] state = taught(whole, whole.start(), TEN, NARROW, TEN, NARROW, TEN, NARROW);
        Learner first = learner(3);
        double[] saved = taught(first, first.start(), TEN, NARROW, TEN, NARROW).clone();
        taught(first, saved.clone(), TEN);
        assertThat(taught(learner(3), saved, TEN, NARROW)).isEqualTo(state);
        assertThat(version(whole, state).version()).isEqualTo(3);
        assertThat(version(whole, state).eventTime()).isEqualTo(77);
        assertThat(version(whole, state).name()).isEqualTo("far");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ula", "ldvi", "ldvi-exact", "uha-em"})
    void everyMethodThatCanLeadAPopulation_isTuned(String method) {
        Settings settings = Learners.CATALOGUE.find("tuned-path").orElseThrow().defaults();
        Learner learner = Learners.CATALOGUE.build(settings.with("method", method));
        double[] once = taught(learner, learner.start(), NARROW);
        double first = version(learner, once).array("bound")[0];
        double[] more = taught(learner, once, NARROW, NARROW, NARROW);
        assertThat(version(learner, more).array("bound")[0]).isGreaterThan(first);
        assertThat(PopulationPaths.canLeave(TunedPath.of(version(learner, more), 3).plan().method())).isTrue();
    }

    /** As after a restart with other options. */
    @Test
    void aStateOfAnotherLearner_isBegunAnew() {
        Learner wide = learner(5);
        double[] other = taught(wide, wide.start(), TEN, TEN);
        Learner learner = learner(2);
        assertThat(learner.snapshot(other, 1, 1)).isEmpty();
        assertThat(taught(learner, other, NARROW)).isEqualTo(taught(learner, learner.start(), NARROW));
    }

    @Test
    void aSnapshot_isNotTouchedByWhatIsLearnedLater() {
        Learner learner = learner(4);
        double[] state = taught(learner, learner.start(), TEN);
        Learned before = version(learner, state);
        double[] numbers = before.array("parameters").clone();
        taught(learner, state, NARROW);
        assertThat(before.array("parameters")).isEqualTo(numbers);
    }
}
