package io.driftwood.inference.assimilate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftwood.inference.catalogue.Checker;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.model.NormalKnownVariance;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.summary.LearnedVersion;
import io.driftwood.inference.summary.PosteriorSummary;
import io.driftwood.inference.summary.Quantity;
import io.driftwood.inference.summary.SummaryOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which version serves which record. */
class InForceTest {

    private int built;

    /** Takes up anything, and says nothing. */
    private final class Taking implements SequentialPosterior {

        @Override
        public List<String> fields() { return List.of("y"); }

        @Override
        public PosteriorState start(String key) { return new PosteriorState(); }

        @Override
        public StepInfo step(PosteriorState state, Observation y, Scratch scratch) { return new StepInfo(); }

        @Override
        public PosteriorSummary summarise(PosteriorState state, Observation y, StepInfo info, Scratch scratch) {
            return new PosteriorSummary("", "", 0, 0, new double[0], new Quantity[0], new Quantity[0], 0, 0, 0, "", 0, 0, 0, 0, 0, false, 0, false,
                    "", "", null);
        }

        @Override
        public SequentialPosterior with(Learned learned) {
            built++;
            return new Taking();
        }
    }

    private final InForce inForce = new InForce(new Taking());

    private static Learned version(long version, long eventTime) {
        return Learned.of("prior", "any", version, eventTime, Map.of(), Map.of());
    }

    private LearnedVersion at(long eventTime) { return inForce.at(eventTime).summarise(null, null, null, null).learned(); }

    @Test
    void theNewestVersionNotAfterTheRecord_serves_whateverTheOrderOfArrival() {
        List<Learned> versions = new ArrayList<>(List.of(version(1, 10), version(2, 20), version(3, 20), version(5, 30), version(4, 40)));
        Collections.shuffle(versions, new Random(3));
        versions.forEach(inForce::add);
        assertThat(at(9)).isNull();
        assertThat(at(10)).isEqualTo(new LearnedVersion("prior", 1));
        assertThat(at(19)).isEqualTo(new LearnedVersion("prior", 1));
        assertThat(at(20)).isEqualTo(new LearnedVersion("prior", 3));
        assertThat(at(35)).isEqualTo(new LearnedVersion("prior", 5));
        assertThat(at(99)).isEqualTo(new LearnedVersion("prior", 4));
        assertThat(inForce.newest().summarise(null, null, null, null).learned()).isEqualTo(new LearnedVersion("prior", 4));
    }

    @Test
    void aVersionForAlways_servesTheFirstRecordThereCanBe() {
        inForce.add(version(7, Observation.NO_TIME));
        assertThat(at(Long.MIN_VALUE)).isEqualTo(new LearnedVersion("prior", 7));
    }

    @Test
    void pruning_forgetsOnlyWhatNoLaterRecordNeeds() {
        for (int v = 1; v <= 5; v++) {
            inForce.add(version(v, 10 * v));
        }
        assertThat(inForce.prune(35)).extracting(Learned::version).containsExactly(1L, 2L);
        assertThat(at(36)).isEqualTo(new LearnedVersion("prior", 3));
        assertThat(at(40)).isEqualTo(new LearnedVersion("prior", 4));
        assertThat(inForce.prune(35)).isEmpty();
    }

    @Test
    void theSameVersionAgain_isNoNews() {
        assertThat(inForce.add(version(1, 10))).isTrue();
        assertThat(inForce.add(version(1, 10))).isFalse();
        assertThat(inForce.prune(100)).isEmpty();
    }

    @Test
    void recursions_areBuiltOnceWhileTheyAreInUse_andAgainWhenTheyComeBack() {
        for (int v = 1; v <= 6; v++) {
            inForce.add(version(v, 10 * v));
        }
        assertThat(built).isZero();
        for (int v = 1; v <= 6; v++) {
            assertThat(at(10 * v).version()).isEqualTo(v);
            assertThat(at(10 * v).version()).isEqualTo(v);
        }
        assertThat(built).isEqualTo(6);
        assertThat(at(30).version()).isEqualTo(3);
        assertThat(built).as("the third is among the four used last").isEqualTo(6);
        assertThat(at(10).version()).isEqualTo(1);
        assertThat(built).as("the first is not").isEqualTo(7);
    }

    @Test
    void aPosteriorThatLearnsNothing_saysSo() {
        SequentialPosterior plain = Posteriors.build(new NormalKnownVariance("y", 1, 0, 1),
                Checker.check(new Shape.Struct(SamplerOptions.OPTIONS), Map.of()).orThrow(),
                Optional.empty(), SummaryOptions.of("test"));
        assertThatThrownBy(() -> plain.with(version(3, 1))).isInstanceOf(Learned.UnfitException.class)
                .hasMessage("'prior' version 3 is of no use to this posterior, which learns nothing from elsewhere");
    }
}
