package io.driftwood.connectors.testkit;

import io.driftwood.connectors.EncodeFunction;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.assimilate.SetAside;
import io.driftwood.wire.OutputRecord;
import io.driftwood.wire.SetAsideEncoder;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Jobs as strict as the real ones (no reflective serialisation, no generated uids), small enough for a test. */
public final class Jobs {

    private Jobs() {}

    public static Configuration strict() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return configuration;
    }

    /**
     * Restarts at once, as often as a test injects failures, from checkpoints taken without pause.
     *
     * <p>As a whole, as a real job does because its key connects all of its tasks. The chains of a test stand apart, and Flink would restart the one
     * that failed: when that falls between the two halves of a source coordinator's checkpoint, Flink 2.3 ends the process with exit code 239 and
     * "Some subtask gateway can be closed while others cannot".
     */
    public static Configuration restarting(int attempts) {
        Configuration configuration = strict();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, attempts);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
        configuration.set(JobManagerOptions.EXECUTION_FAILOVER_STRATEGY, "full");
        return configuration;
    }

    public static StreamExecutionEnvironment local(int parallelism, Configuration configuration) {
        return StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    }

    /** Observations as JSON, which tells everything about them. */
    public static SingleOutputStreamOperator<OutputRecord> asJson(DataStream<Observation> observations, List<String> fields) {
        SingleOutputStreamOperator<SetAside> asides = observations
                .map(observation -> new SetAside("late", "to be seen", observation), SetAsideType.INFO)
                .name("aside")
                .uid("aside")
                .setParallelism(observations.getParallelism());
        return EncodeFunction.encode(asides, () -> new SetAsideEncoder(fields), "encode");
    }

    /** Flink can move {@link SetAside} as it stands, being a record of an own type. */
    private static final class SetAsideType {
        static final org.apache.flink.api.common.typeinfo.TypeInformation<SetAside> INFO =
                org.apache.flink.api.common.typeinfo.TypeInformation.of(SetAside.class);
    }
}
