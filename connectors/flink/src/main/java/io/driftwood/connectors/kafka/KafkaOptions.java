package io.driftwood.connectors.kafka;

import io.driftwood.connectors.contract.ConnectorContext;
import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import java.util.Properties;

/** What Kafka's source and sink have in common. */
final class KafkaOptions {

    static final String SERVERS_PROPERTY = "bootstrap.servers";

    static final Option SERVERS = Option.optional(
            "servers", Shape.text("host:port, host:port, ..."),
            "Brokers to ask first. When absent, `bootstrap.servers` of the `kafka:` section.");

    private KafkaOptions() {}

    /** The {@code kafka:} section, with the brokers this connector names. */
    static Properties properties(Settings settings, ConnectorContext context) {
        Properties properties = context.kafkaProperties();
        settings.optionalText("servers").ifPresent(servers -> properties.setProperty(SERVERS_PROPERTY, servers));
        return properties;
    }
}
