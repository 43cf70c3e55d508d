package io.driftwood.bench;

import io.driftwood.inference.denoise.walk.JointMeasurements;
import io.driftwood.inference.denoise.walk.SequentialMeasurements;
import io.driftwood.inference.denoise.walk.Walk;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Purpose;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianMixture;
import io.driftwood.jobs.picture.CurvePicture;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Sequential against joint multimeasurement sampling of a fifth at -3 and four fifths at +3 in each of d coordinates, standard deviation one: Wasserstein distance of 500 draws from
 * 500 exact ones by the best assignment, the weight of the heavy mode and the covariance within it, exact draws beside them as the yardstick, and the time of
 * one core. Walks begin at uniforms on [-1, 1] plus noise. Writes the distance against the noise scale as a picture.
 *
 * <p>Reference: Saremi, Park and Bach (2023), Chain of log-concave Markov chains, synthetic experiments. Differs from it: weights and covariances besides the distance, which the
 * noise of the weights of 500 draws dominates; a final exact draw besides the mean.
 */
final class SamplingByDenoisingBench implements Bench {

    private static final int[] DIMENSIONS = {2, 4, 8, 16, 32, 64};
    private static final double[] SCALES = {0.25, 0.5, 0.75, 1, 1.5, 2};
    private static final int CHAINS = 500;
    /** For weights and covariances, whose errors are then 0.006 and half a per cent. */
    private static final int MANY = 4000;
    private static final int MEASUREMENTS = 1000;
    private static final int JOINT_MEASUREMENTS = 16;
    private static final int JOINT_MOVES = 1000;
    private static final double HEAVY = 0.8;

    private final Scratch scratch = new Scratch();

    @Override
    public String name() { return "denoise"; }

    @Override
    public String help() { return "Two far modes by sequential and joint measurements, d = 2 to 64: W2, mode weights, covariances, seconds of one core; writes a picture."; }

    @Override
    public List<Figure> run(PrintWriter talk) throws IOException {
        List<Figure> figures = new ArrayList<>();
        List<CurvePicture.Curve> sequential = new ArrayList<>();
        List<CurvePicture.Curve> joint = new ArrayList<>();
        for (int d : DIMENSIONS) {
            talk.println("denoise: " + d + " dimensions ...");
            talk.flush();
            GaussianMixture prior = prior(d);
            double floor = distance(exact(prior, CHAINS, 1), exact(prior, CHAINS, 2));
            table(d, prior, floor, figures);
            sequential.add(curve(d, prior, floor, true));
            joint.add(curve(d, prior, floor, false));
        }
        write(sequential, joint, talk);
        return figures;
    }

    private static GaussianMixture prior(int d) {
        double[] light = new double[d];
        double[] heavy = new double[d];
        Arrays.fill(light, -3);
        Arrays.fill(heavy, 3);
        return GaussianMixture.isotropic(new double[] {1 - HEAVY, HEAVY}, new double[][] {light, heavy}, 1);
    }

    private Particles exact(GaussianMixture prior, int size, int seed) {
        Particles x = new Particles(size, prior.dimension());
        prior.exactSampler().orElseThrow().sample(x, Randomness.of(seed, "exact, d=" + prior.dimension()), 0, 0, scratch);
        return x;
    }

    private void table(int d, GaussianMixture prior, double floor, List<Figure> figures) {
        double sigma = Math.sqrt(9.0 * d - 1);
        figures.add(Figure.alone(label(d, "exact draws") + ": W2/sqrt(d)", floor, ""));
        tell(label(d, "exact draws"), exact(prior, MANY, 3), figures);
        for (boolean draw : new boolean[] {false, true}) {
            String name = label(d, draw ? "sequential, exact draw" : "sequential, mean");
            sequential(prior, sigma, CHAINS, draw, 4);
            long begin = cpu();
            Particles few = sequential(prior, sigma, CHAINS, draw, 5);
            figures.add(Figure.alone(name + ": seconds", (cpu() - begin) * 1e-9, "s"));
            figures.add(Figure.alone(name + ": W2/sqrt(d)", distance(few, exact(prior, CHAINS, 6)), ""));
            tell(name, sequential(prior, sigma, MANY, draw, 7), figures);
        }
        for (boolean draw : new boolean[] {false, true}) {
            String name = label(d, draw ? "joint, exact draw" : "joint, mean");
            long begin = cpu();
            Particles few = joint(prior, sigma, draw, 8);
            figures.add(Figure.alone(name + ": seconds", (cpu() - begin) * 1e-9, "s"));
            figures.add(Figure.alone(name + ": W2/sqrt(d)", distance(few, exact(prior, CHAINS, 9)), ""));
            tell(name, few, figures);
        }
    }

    private static String label(int d, String method) { return String.format(Locale.ROOT, "d=%d %s", d, method); }

    private CurvePicture.Curve curve(int d, GaussianMixture prior, double floor, boolean sequential) {
        double[] sigma = new double[SCALES.length];
        double[] distance = new double[SCALES.length];
        for (int s = 0; s < sigma.length; s++) {
            sigma[s] = SCALES[s] * 3 * Math.sqrt(d);
            Particles x = sequential ? sequential(prior, sigma[s], CHAINS, false, 10 + s) : joint(prior, sigma[s], false, 10 + s);
            distance[s] = distance(x, exact(prior, CHAINS, 30 + s));
        }
        return new CurvePicture.Curve("d = " + d, sigma, distance, floor);
    }

    private Particles sequential(GaussianMixture prior, double sigma, int size, boolean draw, int seed) {
        Particles x = seeds(prior, size, seed);
        SequentialMeasurements.of(sigma, draw).draw(prior, x, Randomness.of(seed, "sequential"), 0, scratch);
        return x;
    }

    private Particles joint(GaussianMixture prior, double sigma, boolean draw, int seed) {
        Particles x = seeds(prior, CHAINS, seed);
        new JointMeasurements(sigma, JOINT_MEASUREMENTS, Walk.aboba(0.7, 0.3), JOINT_MOVES, draw).draw(prior, x, Randomness.of(seed, "joint"), 0, scratch);
        return x;
    }

    private static Particles seeds(GaussianMixture prior, int size, int seed) {
        Particles x = new Particles(size, prior.dimension());
        Randomness.of(seed, "start").uniforms(0, Purpose.START, 0, x.values, 0, x.length());
        for (int at = 0; at < x.length(); at++) {
            x.values[at] = 2 * x.values[at] - 1;
        }
        x.pad();
        return x;
    }

    /** Weight of the heavy mode, and of both modes the mean variance and the distance of the covariance from the identity in the identity's norm. */
    private static void tell(String name, Particles x, List<Figure> figures) {
        List<Integer> heavy = new ArrayList<>();
        List<Integer> light = new ArrayList<>();
        for (int i = 0; i < x.size; i++) {
            double side = 0;
            for (int j = 0; j < x.dimension; j++) {
                side += x.get(j, i);
            }
            (side > 0 ? heavy : light).add(i);
        }
        figures.add(Figure.alone(name + ": weight of the heavy mode", (double) heavy.size() / x.size, ""));
        spread(name + ", heavy mode", x, heavy, figures);
        spread(name + ", light mode", x, light, figures);
    }

    private static void spread(String name, Particles x, List<Integer> members, List<Figure> figures) {
        int d = x.dimension;
        double[] mean = new double[d];
        double[] covariance = new double[d * d];
        for (int i : members) {
            for (int a = 0; a < d; a++) {
                mean[a] += x.get(a, i) / members.size();
            }
        }
        for (int i : members) {
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < d; b++) {
                    covariance[a * d + b] += (x.get(a, i) - mean[a]) * (x.get(b, i) - mean[b]) / members.size();
                }
            }
        }
        double trace = 0;
        double squares = 0;
        for (int at = 0; at < d * d; at++) {
            boolean diagonal = at % (d + 1) == 0;
            trace += diagonal ? covariance[at] : 0;
            squares += Math.pow(covariance[at] - (diagonal ? 1 : 0), 2);
        }
        figures.add(Figure.alone(name + ": variance", trace / d, ""));
        figures.add(Figure.alone(name + ": covariance off by", Math.sqrt(squares / d), ""));
    }

    /** W2/sqrt(d) of two populations of one size. */
    private static double distance(Particles a, Particles b) {
        double[][] costs = new double[a.size][b.size];
        for (int i = 0; i < a.size; i++) {
            for (int k = 0; k < b.size; k++) {
                for (int j = 0; j < a.dimension; j++) {
                    double difference = a.get(j, i) - b.get(j, k);
                    costs[i][k] += difference * difference;
                }
            }
        }
        return Math.sqrt(Assignment.leastCost(costs) / a.size / a.dimension);
    }

    private static void write(List<CurvePicture.Curve> sequential, List<CurvePicture.Curve> joint, PrintWriter talk) throws IOException {
        CurvePicture picture = new CurvePicture("noise scale sigma", "W2 / sqrt(d)", List.of(
                new CurvePicture.Panel("sequential, " + MEASUREMENTS + " measurements", sequential),
                new CurvePicture.Panel("joint, " + JOINT_MEASUREMENTS + " measurements", joint)));
        Path file = Pictures.directory().resolve("measurements.svg");
        Files.writeString(file, picture.svg());
        talk.println("denoise: wrote " + file);
    }

    private static long cpu() { return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(); }
}
