package io.driftwood.connectors.kafka;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A few questions to a Kafka cluster, each answered within seconds or with {@link Unanswered}, whose message is a sentence
 * for the user: an absent broker or a wrong topic otherwise shows itself as a job that restarts for ever.
 */
final class Broker implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final String servers;
    private final Admin admin;

    private Broker(String servers, Admin admin) {
        this.servers = servers;
        this.admin = admin;
    }

    static Broker connect(Properties properties) throws Unanswered {
        String servers = properties.getProperty(KafkaOptions.SERVERS_PROPERTY, "");
        if (servers.isBlank()) {
            throw new Unanswered("no brokers are named: set `servers`, or `bootstrap.servers` in the `kafka:` section");
        }
        Properties patient = new Properties();
        patient.putAll(properties);
        patient.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, String.valueOf(PATIENCE_MILLIS / 2));
        patient.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(PATIENCE_MILLIS));
        try {
            return new Broker(servers, Admin.create(patient));
        } catch (KafkaException e) {
            throw new Unanswered("Kafka at " + servers + " cannot be asked: " + innermost(e).getMessage());
        }
    }

    /** Topic to number of partitions; a topic that does not exist is not in it. */
    Map<String, Integer> partitions(Collection<String> topics) throws Unanswered {
        Map<String, Integer> partitions = new TreeMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
                admin.describeTopics(topics).topicNameValues().entrySet()) {
            try {
                partitions.put(topic.getKey(), answer(topic.getValue()).partitions().size());
            } catch (UnknownTopicOrPartitionException e) {
                continue;
            } catch (AuthorizationException e) {
                throw new Unanswered("Kafka at " + servers + " does not let us see the topic `" + topic.getKey() + "`");
            }
        }
        return partitions;
    }

    /** For a suggestion: what topics there are. */
    List<String> topics() throws Unanswered {
        return answer(admin.listTopics().names()).stream().sorted().toList();
    }

    /** A topic's own setting or the default that applies to it; empty when the cluster does not let us ask. */
    Optional<String> topicSetting(String topic, String name) throws Unanswered {
        return setting(new ConfigResource(ConfigResource.Type.TOPIC, topic), name);
    }

    /** A setting of one of the brokers; empty when the cluster does not let us ask. */
    Optional<String> brokerSetting(String name) throws Unanswered {
        try {
            Collection<Node> nodes = answer(admin.describeCluster().nodes());
            return nodes.isEmpty()
                    ? Optional.empty()
                    : setting(new ConfigResource(ConfigResource.Type.BROKER, nodes.iterator().next().idString()), name);
        } catch (AuthorizationException e) {
            return Optional.empty();
        }
    }

    private Optional<String> setting(ConfigResource resource, String name) throws Unanswered {
        try {
            Config config = answer(admin.describeConfigs(List.of(resource)).all()).get(resource);
            return Optional.ofNullable(config.get(name)).map(ConfigEntry::value);
        } catch (AuthorizationException e) {
            return Optional.empty();
        }
    }

    private <T> T answer(KafkaFuture<T> future) throws Unanswered {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException unknown) {
                throw unknown;
            } else if (e.getCause() instanceof AuthorizationException forbidden) {
                throw forbidden;
            } else if (e.getCause() instanceof TimeoutException) {
                throw new Unanswered("no Kafka broker answers at " + servers + " within "
                        + PATIENCE_MILLIS / 1000 + " s: is it running, and is this its address?");
            }
            throw new Unanswered("Kafka at " + servers + " refuses: " + innermost(e).getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unanswered("interrupted while asking Kafka at " + servers);
        }
    }

    private static Throwable innermost(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ZERO);
    }

    /** The cluster could not be asked, and why. */
    static final class Unanswered extends Exception {

        private static final long serialVersionUID = 1;

        Unanswered(String message) {
            super(message);
        }
    }
}
