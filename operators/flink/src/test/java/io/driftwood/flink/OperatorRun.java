package io.driftwood.flink;

import io.driftwood.flink.type.PosteriorSummarySerializer;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.SetAside;
import io.driftwood.inference.summary.PosteriorSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * The posterior operator at some parallelism in test harnesses, which can be stopped after any record and gone on with at another
 * parallelism. What came out is kept per key, encoded, so that two runs can be compared bit for bit.
 */
final class OperatorRun implements AutoCloseable {

    static final int MAX_PARALLELISM = 16;

    private final PosteriorSupplier supplier;
    private final PosteriorOptions options;
    private final Backend backend;
    private final Map<String, List<String>> outputs = new TreeMap<>();
    private List<KeyedOneInputStreamOperatorTestHarness<String, Observation, PosteriorSummary>> subtasks = List.of();
    private long checkpoints;

    OperatorRun(PosteriorSupplier supplier, PosteriorOptions options, Backend backend, int parallelism) throws Exception {
        this.supplier = supplier;
        this.options = options;
        this.backend = backend;
        start(parallelism, null, 0);
    }

    private void start(int parallelism, OperatorSubtaskState saved, int savedParallelism) throws Exception {
        subtasks = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            var harness = new KeyedOneInputStreamOperatorTestHarness<>(new KeyedProcessOperator<>(new PosteriorFunction<>(supplier, options)),
                    Observation::key, Types.STRING, MAX_PARALLELISM, parallelism, i);
            ((SerializerConfigImpl) harness.getExecutionConfig().getSerializerConfig()).setGenericTypes(false);
            harness.setStateBackend(backend.create());
            harness.setup(new PosteriorSummarySerializer());
            if (saved != null) {
                harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        saved, MAX_PARALLELISM, savedParallelism, parallelism, i));
            }
            harness.open();
            subtasks.add(harness);
        }
    }

    /** An event of the stream: an observation for its subtask, or a watermark for all. */
    void feed(Object event) throws Exception {
        if (event instanceof Observation y) {
            int subtask = KeyGroupRangeAssignment.assignKeyToParallelOperator(y.key(), MAX_PARALLELISM, subtasks.size());
            subtasks.get(subtask).processElement(y, 0);
        } else {
            for (var harness : subtasks) {
                harness.processWatermark((Long) event);
            }
        }
    }

    void feedAll(List<?> events) throws Exception {
        for (Object event : events) {
            feed(event);
        }
    }

    void setProcessingTime(long time) throws Exception {
        for (var harness : subtasks) {
            harness.setProcessingTime(time);
        }
    }

    /** Takes a snapshot, closes, and goes on from the snapshot with as many subtasks. */
    void restartAt(int parallelism) throws Exception {
        OperatorSubtaskState[] snapshots = new OperatorSubtaskState[subtasks.size()];
        checkpoints++;
        for (int i = 0; i < snapshots.length; i++) {
            snapshots[i] = subtasks.get(i).snapshot(checkpoints, checkpoints);
        }
        int before = subtasks.size();
        close();
        start(parallelism, AbstractStreamOperatorTestHarness.repackageState(snapshots), before);
    }

    /** What has left the operator by name of the output and key, in order, encoded. */
    Map<String, List<String>> outputs() {
        for (var harness : subtasks) {
            for (PosteriorSummary summary : harness.extractOutputValues()) {
                record("summary", summary.key(), encoded(summary));
            }
            harness.getOutput().clear();
            drain(harness, PosteriorFunction.LATE);
            drain(harness, PosteriorFunction.REJECTED);
            drainAlarms(harness);
        }
        return outputs;
    }

    List<PosteriorSummary> summaries() {
        List<PosteriorSummary> all = new ArrayList<>();
        for (var harness : subtasks) {
            all.addAll(harness.extractOutputValues());
        }
        return all;
    }

    List<SetAside> setAside(OutputTag<SetAside> tag) {
        List<SetAside> all = new ArrayList<>();
        for (var harness : subtasks) {
            if (harness.getSideOutput(tag) != null) {
                harness.getSideOutput(tag).forEach(element -> all.add(element.getValue()));
            }
        }
        return all;
    }

    private void drain(KeyedOneInputStreamOperatorTestHarness<String, Observation, PosteriorSummary> harness, OutputTag<SetAside> tag) {
        if (harness.getSideOutput(tag) == null) {
            return;
        }
        for (StreamRecord<SetAside> element : harness.getSideOutput(tag)) {
            SetAside record = element.getValue();
            record(tag.getId(), record.observation().key(), record.reason() + " " + record.observation().origin() + "@" + record.observation().offset());
        }
        harness.getSideOutput(tag).clear();
    }

    private void drainAlarms(KeyedOneInputStreamOperatorTestHarness<String, Observation, PosteriorSummary> harness) {
        if (harness.getSideOutput(PosteriorFunction.ALARMS) != null) {
            harness.getSideOutput(PosteriorFunction.ALARMS).forEach(element -> record("alarm", element.getValue().key(), element.getValue().toString()));
            harness.getSideOutput(PosteriorFunction.ALARMS).clear();
        }
    }

    private void record(String output, String key, String text) {
        outputs.computeIfAbsent(output + " of " + key, name -> new ArrayList<>()).add(text);
    }

    static String encoded(PosteriorSummary summary) {
        DataOutputSerializer out = new DataOutputSerializer(256);
        try {
            new PosteriorSummarySerializer().serialize(summary, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return java.util.HexFormat.of().formatHex(out.getCopyOfBuffer());
    }

    /** An accumulator of the job, summed over subtasks as Flink does. */
    long accumulated(String name) {
        long sum = 0;
        for (var harness : subtasks) {
            sum += (Long) harness.getOperator().getRuntimeContext().getAccumulator(name).getLocalValue();
        }
        return sum;
    }

    int keyedStateEntries() {
        return subtasks.stream().mapToInt(KeyedOneInputStreamOperatorTestHarness::numKeyedStateEntries).sum();
    }

    int eventTimeTimers() {
        return subtasks.stream().mapToInt(AbstractStreamOperatorTestHarness::numEventTimeTimers).sum();
    }

    @Override
    public void close() throws Exception {
        outputs();
        for (var harness : subtasks) {
            harness.close();
        }
        subtasks = List.of();
    }
}
