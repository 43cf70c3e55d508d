package io.driftwood.jobs.topology;

import io.driftwood.inference.particle.LogWeights;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.sample.Draws;
import io.driftwood.inference.sample.Evidence;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A finished chain on its way from the subtask that ran it to the one that tells of it. Lives within one job: the bytes are no format that is kept.
 *
 * @param seconds that the run took
 */
record ChainRun(int chain, Draws draws, double seconds) {

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(8 * draws.particles().length() + 1024);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(chain);
            out.writeDouble(seconds);
            out.writeInt(draws.particles().size);
            out.writeInt(draws.particles().dimension);
            out.writeInt(draws.lanes());
            write(draws.particles().values, draws.particles().length(), out);
            write(draws.weights().log, draws.weights().log.length, out);
            write(draws.weights().normalised, draws.weights().log.length, out);
            write(draws.evidence(), out);
            out.writeUTF(draws.bias());
            out.writeInt(draws.facts().size());
            for (Map.Entry<String, Double> fact : draws.facts().entrySet()) {
                out.writeUTF(fact.getKey());
                out.writeDouble(fact.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static ChainRun ofBytes(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int chain = in.readInt();
            double seconds = in.readDouble();
            Particles particles = new Particles(in.readInt(), in.readInt());
            int lanes = in.readInt();
            read(particles.values, particles.length(), in);
            LogWeights weights = new LogWeights(particles.size);
            read(weights.log, weights.log.length, in);
            read(weights.normalised, weights.log.length, in);
            Evidence evidence = new Evidence(in.readDouble(), in.readDouble(), Evidence.Kind.values()[in.readInt()], in.readUTF(), in.readDouble(), in.readDouble());
            String bias = in.readUTF();
            Map<String, Double> facts = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                facts.put(in.readUTF(), in.readDouble());
            }
            return new ChainRun(chain, new Draws(particles, weights, lanes, evidence, bias, facts), seconds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(double[] numbers, int count, DataOutputStream out) throws IOException {
        for (int i = 0; i < count; i++) {
            out.writeDouble(numbers[i]);
        }
    }

    private static void read(double[] numbers, int count, DataInputStream in) throws IOException {
        for (int i = 0; i < count; i++) {
            numbers[i] = in.readDouble();
        }
    }

    private static void write(Evidence evidence, DataOutputStream out) throws IOException {
        out.writeDouble(evidence.log());
        out.writeDouble(evidence.standardError());
        out.writeInt(evidence.kind().ordinal());
        out.writeUTF(evidence.bias());
        out.writeDouble(evidence.upper());
        out.writeDouble(evidence.upperStandardError());
    }
}
