package io.driftwood.connectors.contract;

import java.io.Serializable;
import java.util.Map;
import java.util.Properties;

/**
 * What connectors must know of the job around them.
 *
 * @param job the job's name: part of consumer groups and transactional ids, so two running jobs must not share it
 * @param kafka the configuration's {@code kafka:} section, handed to Kafka's clients untouched
 */
public record ConnectorContext(String job, Map<String, String> kafka) implements Serializable {

    public ConnectorContext {
        kafka = Map.copyOf(kafka);
    }

    public Properties kafkaProperties() {
        Properties properties = new Properties();
        properties.putAll(kafka);
        return properties;
    }
}
