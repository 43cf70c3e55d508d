package io.driftwood.connectors.kafka;

import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import java.util.List;

/** How problems with topics and brokers are told. */
final class Topics {

    private static final int NAMED = 10;

    private Topics() {}

    static Problem unreachable(Settings settings, Broker.Unanswered reason) {
        return Problem.at(settings.pathOf("servers"), settings.optionalText("servers").orElse(""), reason.getMessage());
    }

    static Problem unknown(Settings settings, String topic, Broker broker) throws Broker.Unanswered {
        List<String> topics = broker.topics();
        String others = topics.isEmpty()
                ? "it has none"
                : "it has " + String.join(", ", topics.subList(0, Math.min(NAMED, topics.size())))
                        + (topics.size() > NAMED ? ", ..." : "");
        return Problem.at(
                settings.pathOf("topic"), topic,
                "Kafka has no topic `" + topic + "`; " + others + ". Create it first: topics are not created by accident");
    }
}
