package io.driftwood.connectors.contract;

import io.driftwood.wire.DecodeSpec;
import io.driftwood.wire.Decoded;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * How a source is to read.
 *
 * @param watermarks applied inside the source, so that every Kafka partition has its own event time and the slowest one leads
 * @param uid of the source operator; also its name
 */
public record Reading(DecodeSpec spec, WatermarkStrategy<Decoded> watermarks, TypeInformation<Decoded> type, String uid) {}
