package io.driftwood.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.flink.PosteriorOptions.LatePolicy;
import io.driftwood.flink.PosteriorOptions.Order;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that is stopped and resumed, at whatever record and parallelism, gives what a straight run gives, bit for bit. */
class ResumeTest {

    private static final List<Object> EVENTS = Streams.disorderly(20260101, 60, 7);

    private static Map<String, List<String>> straight(PosteriorOptions options, Backend backend, List<Object> events) throws Exception {
        try (OperatorRun run = new OperatorRun(DriftingPosterior::new, options, backend, 1)) {
            run.feedAll(events);
            return run.outputs();
        }
    }

    private static void assertResumes(PosteriorOptions options, Backend backend, int before, int after, int stride) throws Exception {
        Map<String, List<String>> expected = straight(options, Backend.HEAP, EVENTS);
        for (int cut = 0; cut <= EVENTS.size(); cut += stride) {
            try (OperatorRun run = new OperatorRun(DriftingPosterior::new, options, backend, before)) {
                run.feedAll(EVENTS.subList(0, cut));
                run.restartAt(after);
                run.feedAll(EVENTS.subList(cut, EVENTS.size()));
                assertThat(run.outputs()).as("cut before event %d, %d -> %d subtasks", cut, before, after).isEqualTo(expected);
                assertBooksClose(run);
            }
        }
    }

    private static void assertBooksClose(OperatorRun run) {
        Map<String, List<String>> outputs = run.outputs();
        assertThat(run.accumulated("late")).isEqualTo(count(outputs, "late"));
        assertThat(run.accumulated("rejected")).isEqualTo(count(outputs, "rejected"));
        assertThat(run.accumulated("assimilated") + run.accumulated("late") + run.accumulated("rejected"))
                .isEqualTo(Streams.observationsIn(EVENTS));
    }

    private static long count(Map<String, List<String>> outputs, String name) {
        return outputs.entrySet().stream().filter(entry -> entry.getKey().startsWith(name + " of")).mapToLong(entry -> entry.getValue().size()).sum();
    }

    @ParameterizedTest
    @CsvSource({"HEAP,1,1,1", "HEAP,1,3,1", "HEAP,2,3,1", "HEAP,3,1,1", "ROCKSDB,1,1,5", "ROCKSDB,1,3,7", "ROCKSDB,2,3,7"})
    void cutAtAnyEvent_givesTheStraightRun(Backend backend, int before, int after, int stride) throws Exception {
        assertResumes(PosteriorOptions.defaults(), backend, before, after, stride);
    }

    @Tag("nightly")
    @ParameterizedTest
    @CsvSource({"1,1", "1,3", "2,3"})
    void cutAtAnyEventOnRocksDb_givesTheStraightRun(int before, int after) throws Exception {
        assertResumes(PosteriorOptions.defaults(), Backend.ROCKSDB, before, after, 1);
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void lateObservationsThatAreAssimilated_resumeToo(Backend backend) throws Exception {
        assertResumes(PosteriorOptions.defaults().withLate(LatePolicy.ASSIMILATE), backend, 2, 3, 9);
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void orderOfArrival_resumesToo(Backend backend) throws Exception {
        assertResumes(PosteriorOptions.defaults().withOrder(Order.ARRIVAL), backend, 1, 3, 9);
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void forgottenKeysAndUnreportedSteps_resumeToo(Backend backend) throws Exception {
        assertResumes(PosteriorOptions.defaults().withForgetAfter(Duration.ofMillis(80)).withEmitEvery(3), backend, 2, 3, 11);
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void backendsAndParallelisms_giveTheSame(Backend backend) throws Exception {
        Map<String, List<String>> expected = straight(PosteriorOptions.defaults(), Backend.HEAP, EVENTS);
        for (int parallelism : new int[] {1, 2, 4}) {
            try (OperatorRun run = new OperatorRun(DriftingPosterior::new, PosteriorOptions.defaults(), backend, parallelism)) {
                run.feedAll(EVENTS);
                assertThat(run.outputs()).as("parallelism %d", parallelism).isEqualTo(expected);
            }
        }
    }
}
