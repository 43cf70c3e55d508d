package io.driftwood.inference.model;

import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import io.driftwood.inference.random.Randomness;
import java.util.ArrayList;
import java.util.List;

/** A parameter space made of independent blocks, one after the other in the columns, and the joint prior of the blocks. */
public final class Blocks implements ParameterSpace {

    private final Block[] blocks;
    private final int dimension;
    private final List<String> unconstrainedNames;
    private final List<Parameter> parameters;

    public Blocks(List<Block> blocks) {
        this.blocks = blocks.toArray(Block[]::new);
        List<String> columns = new ArrayList<>();
        List<Parameter> constrained = new ArrayList<>();
        for (Block block : blocks) {
            int m = block.bijector().unconstrainedSize();
            for (int j = 1; j <= m; j++) {
                columns.add(m == 1 ? block.name() : block.name() + "[" + j + "]");
            }
            for (String name : block.bijector().constrainedNames(block.name())) {
                constrained.add(new Parameter(name, block.unit()));
            }
        }
        if (constrained.stream().map(Parameter::name).distinct().count() < constrained.size()) {
            throw new IllegalArgumentException("two parameters have one name: " + constrained.stream().map(Parameter::name).toList());
        }
        this.dimension = columns.size();
        this.unconstrainedNames = List.copyOf(columns);
        this.parameters = List.copyOf(constrained);
    }

    @Override
    public int dimension() { return dimension; }

    @Override
    public List<String> unconstrainedNames() { return unconstrainedNames; }

    @Override
    public List<Parameter> parameters() { return parameters; }

    @Override
    public void constrain(Particles theta, double[] out, Scratch scratch) {
        constrain(theta.values, out, theta.stride, scratch);
    }

    @Override
    public void constrain(double[] unconstrained, double[] constrained) {
        constrain(unconstrained, constrained, 1, new Scratch());
    }

    private void constrain(double[] z, double[] x, int stride, Scratch scratch) {
        int zOffset = 0;
        int xOffset = 0;
        for (Block block : blocks) {
            block.bijector().constrain(z, zOffset, x, xOffset, stride, scratch);
            zOffset += block.bijector().unconstrainedSize() * stride;
            xOffset += block.bijector().constrainedSize() * stride;
        }
    }

    @Override
    public void unconstrain(double[] constrained, double[] unconstrained) {
        int zOffset = 0;
        int xOffset = 0;
        for (Block block : blocks) {
            block.bijector().unconstrain(constrained, xOffset, unconstrained, zOffset);
            zOffset += block.bijector().unconstrainedSize();
            xOffset += block.bijector().constrainedSize();
        }
    }

    /** Whether every block's prior is proper. */
    public boolean hasProperPrior() {
        for (Block block : blocks) {
            if (!block.prior().isProper()) {
                return false;
            }
        }
        return true;
    }

    /** Draws every particle from the joint prior; block columns are addressed by their position. */
    public void samplePrior(Particles theta, Randomness random, long step, Scratch scratch) {
        int column = 0;
        for (Block block : blocks) {
            block.prior().sample(theta.values, column * theta.stride, theta.stride, theta.size, random, step, column, scratch);
            column += block.bijector().unconstrainedSize();
        }
        theta.pad();
    }

    /** See {@link Model#addLogPrior}. */
    public void addLogPrior(Particles theta, double[] logDensity, double[] score, Scratch scratch) {
        int offset = 0;
        for (Block block : blocks) {
            block.prior().addLogDensity(theta.values, offset, theta.stride, logDensity, score, scratch);
            offset += block.bijector().unconstrainedSize() * theta.stride;
        }
    }

    /** See {@link Model#addPriorHessianVector}. */
    public void addPriorHessianVector(Particles theta, double[] v, double[] out, Scratch scratch) {
        int offset = 0;
        for (Block block : blocks) {
            block.prior().addHessianVector(theta.values, offset, theta.stride, v, out, scratch);
            offset += block.bijector().unconstrainedSize() * theta.stride;
        }
    }
}
