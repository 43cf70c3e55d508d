package io.driftwood.connectors;

import io.driftwood.connectors.contract.ConnectorContext;
import io.driftwood.connectors.contract.Reading;
import io.driftwood.connectors.contract.SourceConnector;
import io.driftwood.connectors.type.WireTypeInfo;
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
 * The way in: a source, and behind it the triage that lets pass what could be read, sends dead letters to the side output
 * {@link #DEAD_LETTERS}, keeps the books ({@link TriageOperator}) and stops a job whose whole input is wrong.
 *
 * @param watermarks see {@link Watermarks}
 * @param wrongInputAfter how many records may be dead letters before the first readable one; 0 never stops the job
 * @param contents how the job moves between operators what is read: observations, questions, or versions of something learned, as the spec says
 * @param counted before the names of the counts, so that the books of several inputs are apart; empty for the records
 */
public record Intake<T>(
        SourceConnector source, DecodeSpec spec, WatermarkStrategy<Decoded> watermarks, long wrongInputAfter,
        TypeInformation<T> contents, String counted) {

    /** Of the records of a job. */
    public Intake(
            SourceConnector source, DecodeSpec spec, WatermarkStrategy<Decoded> watermarks, long wrongInputAfter, TypeInformation<T> contents) {
        this(source, spec, watermarks, wrongInputAfter, contents, "");
    }

    public static final long WRONG_INPUT_AFTER = 1000;

    public static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters", WireTypeInfo.DEAD_LETTER);

    /** @param uid of the source operator; the triage's is this with {@code -triage} */
    public SingleOutputStreamOperator<T> open(
            StreamExecutionEnvironment environment, ConnectorContext context, String uid) {
        Reading reading = new Reading(spec, watermarks, WireTypeInfo.decoded(contents), uid);
        DataStream<Decoded> decoded = source.read(environment, reading, context);
        return decoded
                .transform(uid + "-triage", contents, new TriageOperator<>(counted, wrongInputAfter))
                .setParallelism(decoded.getParallelism())
                .uid(uid + "-triage");
    }
}
