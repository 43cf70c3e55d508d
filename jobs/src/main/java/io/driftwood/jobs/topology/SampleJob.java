package io.driftwood.jobs.topology;

import io.driftwood.connectors.type.WireTypeInfo;
import io.driftwood.jobs.topology.JobPlan.Destination;
import io.driftwood.wire.OutputRecord;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The graph of a sampling job:
 *
 * <pre>
 * numbers of the chains -> by number -> run the sampler -> in order -> sink
 *                                                             |
 *                                                        diagnostics   -> sink
 * </pre>
 *
 * <p>A chain's draws are a function of its number and the settings, and one subtask lets the chains go by in order: the output is the same
 * at any parallelism.
 */
public final class SampleJob {

    private SampleJob() {}

    public static void build(StreamExecutionEnvironment environment, SamplePlan plan) {
        DataStream<byte[]> runs = environment
                .fromSource(new NumberSequenceSource(0, plan.chains() - 1L), WatermarkStrategy.noWatermarks(), "chains").setParallelism(1).uid("chains")
                .partitionCustom(new InTurn(), number -> number)
                .map(new RunChain(plan.recipe()), PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO).name("sample").uid("sample");
        SingleOutputStreamOperator<OutputRecord> draws = runs
                .transform("collect", WireTypeInfo.OUTPUT_RECORD, new CollectChains(plan.name(), plan.names(), plan.chains()))
                .setParallelism(1).uid("collect");
        Map<String, Integer> sinksOf = new HashMap<>();
        for (Destination to : plan.destinations()) {
            String uid = to.of() + "-" + (sinksOf.merge(to.of(), 1, Integer::sum) - 1);
            to.sink().write(to.of().equals("draws") ? draws : draws.getSideOutput(CollectChains.DIAGNOSTICS), uid, plan.context());
        }
    }

    /** Chains take turns over the subtasks; hashing them, as for keys, would leave some idle. */
    private static final class InTurn implements Partitioner<Long> {

        private static final long serialVersionUID = 1;

        @Override
        public int partition(Long chain, int subtasks) {
            return (int) (chain % subtasks);
        }
    }
}
