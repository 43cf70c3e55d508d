package io.driftwood.jobs.topology;

import io.driftwood.connectors.type.WireTypeInfo;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.inference.sample.Draws;
import io.driftwood.wire.OutputRecord;
import io.driftwood.wire.Sample;
import io.driftwood.wire.SampleEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Lets finished chains go by in the order of their numbers, draw by draw, says a line of each, and tells of all of them at the end. To be run with parallelism 1.
 * Keeps all draws: the diagnostics compare chains.
 */
final class CollectChains extends AbstractStreamOperator<OutputRecord> implements OneInputStreamOperator<byte[], OutputRecord>, BoundedOneInput {

    static final OutputTag<OutputRecord> DIAGNOSTICS = new OutputTag<>("diagnostics", WireTypeInfo.OUTPUT_RECORD);

    private static final long serialVersionUID = 1;
    private static final byte[] NO_KEY = new byte[0];

    private final String job;
    private final String[] names;
    private final int chains;
    private transient TreeMap<Integer, ChainRun> waiting;
    private transient List<ChainRun> told;
    private transient SampleEncoder encoder;

    CollectChains(String job, List<String> names, int chains) {
        this.job = job;
        this.names = names.toArray(String[]::new);
        this.chains = chains;
    }

    @Override
    public void open() {
        waiting = new TreeMap<>();
        told = new ArrayList<>();
        encoder = new SampleEncoder();
    }

    @Override
    public void processElement(StreamRecord<byte[]> element) {
        ChainRun arrived = ChainRun.ofBytes(element.getValue());
        waiting.put(arrived.chain(), arrived);
        say(SampleReport.finished(arrived, chains));
        while (!waiting.isEmpty() && waiting.firstKey() == told.size()) {
            ChainRun next = waiting.pollFirstEntry().getValue();
            told.add(next);
            emit(next);
        }
    }

    private void emit(ChainRun run) {
        Draws draws = run.draws();
        boolean population = draws.lanes() == draws.particles().size;
        double[] values = new double[names.length];
        double total = LaneMath.get().logSumExp(draws.weights().log, 0, draws.weights().size);
        for (int i = 0; i < draws.particles().size; i++) {
            for (int j = 0; j < names.length; j++) {
                values[j] = draws.particles().get(j, i);
            }
            output.collect(new StreamRecord<>(encoder.encode(new Sample(job, run.chain(), population ? -1 : i % draws.lanes(), i,
                    draws.weights().normalised[i], draws.weights().log[i] - total, names, values))));
        }
    }

    @Override
    public void endInput() {
        new SampleReport(names, told).lines().forEach(this::say);
    }

    private void say(String line) {
        output.collect(DIAGNOSTICS, new StreamRecord<>(new OutputRecord(NO_KEY, line.getBytes(StandardCharsets.UTF_8))));
    }
}
