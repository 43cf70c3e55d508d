package io.driftwood.jobs.topology;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/** Flink's options of a job: ours first, then the user's {@code flink} section on top, untouched. */
public final class FlinkOptions {

    private FlinkOptions() {}

    /** Strict in every mode: no serializer and no uid may come about by accident, and a savepoint must survive rescaling. */
    private static Map<String, String> strict() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("pipeline.generic-types", "false");
        options.put("pipeline.auto-generate-uids", "false");
        options.put("pipeline.object-reuse", "true");
        options.put("pipeline.max-parallelism", "128");
        return options;
    }

    /** A bounded run that is started again when it fails: no restart, no checkpoints. */
    public static Configuration ofReplay(JobPlan plan) {
        Map<String, String> options = strict();
        options.put("restart-strategy.type", "none");
        return on(options, plan);
    }

    /** A run that ends by itself, as a replay. */
    public static Configuration ofSample(SamplePlan plan) {
        Map<String, String> options = strict();
        options.put("restart-strategy.type", "none");
        options.putAll(plan.flink());
        return Configuration.fromMap(options);
    }

    /** An unbounded run: checkpoints that outlive the job, exactly once, and restarts at growing distances. */
    public static Configuration ofRun(JobPlan plan) {
        Map<String, String> options = strict();
        options.put("execution.checkpointing.interval", "10 s");
        options.put("execution.checkpointing.mode", "EXACTLY_ONCE");
        options.put("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
        options.put("restart-strategy.type", "exponential-delay");
        return on(options, plan);
    }

    /** An unbounded run on the embedded minicluster, which has no directory for state of its own. */
    public static Configuration ofEmbeddedRun(JobPlan plan, Path state) {
        Configuration options = ofRun(plan);
        putIfAbsent(options, "execution.checkpointing.dir", state.resolve("checkpoints").toUri().toString());
        putIfAbsent(options, "execution.checkpointing.savepoint-dir", state.resolve("savepoints").toUri().toString());
        return options;
    }

    private static void putIfAbsent(Configuration options, String key, String value) {
        if (!options.containsKey(key)) {
            options.setString(key, value);
        }
    }

    private static Configuration on(Map<String, String> options, JobPlan plan) {
        Map<String, String> all = new LinkedHashMap<>(options);
        all.putAll(plan.flink());
        return Configuration.fromMap(all);
    }
}
