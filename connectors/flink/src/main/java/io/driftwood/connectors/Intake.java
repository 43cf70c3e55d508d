package io.driftwood.connectors;

import io.driftwood.connectors.contract.ConnectorContext;
import io.driftwood.connectors.contract.Reading;
import io.driftwood.connectors.contract.SourceConnector;
import io.driftwood.connectors.type.WireTypeInfo;
import io.driftwood.inference.assimilate.Observation;
import io.driftwood.wire.DeadLetter;
import io.driftwood.wire.DecodeSpec;
import io.driftwood.wire.Decoded;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/**
 * The way in: a source, and behind it the triage that lets observations pass, sends dead letters to the side output
 * {@link #DEAD_LETTERS}, keeps the books ({@link TriageOperator}) and stops a job whose whole input is wrong.
 *
 * @param watermarks see {@link Watermarks}
 * @param wrongInputAfter how many records may be dead letters before the first readable one; 0 never stops the job
 * @param observations how the job moves observations between operators
 */
public record Intake(
        SourceConnector source, DecodeSpec spec, WatermarkStrategy<Decoded> watermarks, long wrongInputAfter,
        TypeInformation<Observation> observations) {

    public static final long WRONG_INPUT_AFTER = 1000;

    public static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters", WireTypeInfo.DEAD_LETTER);

    /** @param uid of the source operator; the triage's is this with {@code -triage} */
    public SingleOutputStreamOperator<Observation> open(
            StreamExecutionEnvironment environment, ConnectorContext context, String uid) {
        Reading reading = new Reading(spec, watermarks, WireTypeInfo.decoded(observations), uid);
        DataStream<Decoded> decoded = source.read(environment, reading, context);
        return decoded
                .transform(uid + "-triage", observations, new TriageOperator(wrongInputAfter))
                .setParallelism(decoded.getParallelism())
                .uid(uid + "-triage");
    }
}
