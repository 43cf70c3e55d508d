package io.driftwood.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.PosteriorState;
import io.driftwood.inference.assimilate.SequentialPosterior;
import io.driftwood.inference.assimilate.StepInfo;
import io.driftwood.inference.numeric.Scratch;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The recursions that users run give the same bits in a plain loop, in the operator, and cut and resumed at another parallelism. */
class RealPosteriorResumeTest {

    private static Map<String, List<String>> run(RealPosterior posterior, Backend backend, int before, int cut, int after) throws Exception {
        List<Object> events = posterior.events();
        try (OperatorRun run = new OperatorRun(posterior, PosteriorOptions.defaults(), backend, before)) {
            run.feedAll(events.subList(0, cut));
            run.restartAt(after);
            run.feedAll(events.subList(cut, events.size()));
            assertThat(run.accumulated("assimilated") + run.accumulated("late") + run.accumulated("rejected"))
                    .isEqualTo(Streams.observationsIn(events));
            return run.outputs();
        }
    }

    private static void assertResumes(RealPosterior posterior, Backend backend, int stride) throws Exception {
        Map<String, List<String>> straight = run(posterior, Backend.HEAP, 1, 0, 1);
        int events = posterior.events().size();
        for (int cut = 0; cut <= events; cut += stride) {
            assertThat(run(posterior, backend, 1 + cut % 2, cut, 3)).as("cut before event %d", cut).isEqualTo(straight);
        }
    }

    @ParameterizedTest
    @EnumSource(RealPosterior.class)
    void cutAnywhereOnTheHeap_givesTheStraightRun(RealPosterior posterior) throws Exception {
        assertResumes(posterior, Backend.HEAP, 3);
    }

    @ParameterizedTest
    @EnumSource(RealPosterior.class)
    void cutAnywhereOnRocksDb_givesTheStraightRun(RealPosterior posterior) throws Exception {
        assertResumes(posterior, Backend.ROCKSDB, 19);
    }

    @Tag("nightly")
    @ParameterizedTest
    @EnumSource(RealPosterior.class)
    void cutAtEveryEventOnBothBackends_givesTheStraightRun(RealPosterior posterior) throws Exception {
        assertResumes(posterior, Backend.HEAP, 1);
        assertResumes(posterior, Backend.ROCKSDB, 1);
    }

    @ParameterizedTest
    @EnumSource(RealPosterior.class)
    void aPlainLoopWithoutFlink_givesTheSame(RealPosterior posterior) throws Exception {
        Map<String, List<String>> straight = run(posterior, Backend.ROCKSDB, 1, 0, 2);
        straight.keySet().removeIf(name -> !name.startsWith("summary"));
        assertThat(plainLoop(posterior)).isEqualTo(straight);
    }

    /** Nothing above compares nothing with nothing. */
    @Test
    void filters_haveAlarmsToLose() throws Exception {
        for (RealPosterior posterior : List.of(RealPosterior.BOOTSTRAP, RealPosterior.AUXILIARY, RealPosterior.KALMAN)) {
            assertThat(run(posterior, Backend.HEAP, 1, 0, 1).keySet()).as(posterior.name()).anyMatch(output -> output.startsWith("alarm of "));
        }
    }

    private static Map<String, List<String>> plainLoop(RealPosterior supplier) {
        SequentialPosterior posterior = supplier.get();
        Scratch scratch = new Scratch();
        Map<String, PosteriorState> states = new TreeMap<>();
        Map<String, List<String>> summaries = new TreeMap<>();
        List<Observation> ordered = supplier.events().stream().filter(Observation.class::isInstance).map(Observation.class::cast)
                .sorted(Comparator.comparingLong(Observation::eventTime).thenComparingLong(Observation::offset)).toList();
        for (Observation y : ordered) {
            PosteriorState state = states.computeIfAbsent(y.key(), posterior::start);
            StepInfo info = posterior.step(state, y, scratch);
            if (info.rejection == null) {
                summaries.computeIfAbsent("summary of " + y.key(), name -> new java.util.ArrayList<>())
                        .add(OperatorRun.encoded(posterior.summarise(state, y, info, scratch)));
            }
        }
        return summaries;
    }
}
