package io.driftwood.inference.model;

import io.driftwood.inference.model.bijector.Bijector;
import io.driftwood.inference.numeric.Scratch;
import io.driftwood.inference.particle.Particles;
import java.util.ArrayList;
import java.util.List;

/** A parameter space made of named bijectors, one after the other in the columns. */
public final class Coordinates implements ParameterSpace {

    private final Bijector[] bijectors;
    private final int dimension;
    private final List<String> unconstrainedNames;
    private final List<Parameter> parameters;

    /** @param units of the parameters, or empty texts */
    public Coordinates(List<String> names, List<String> units, List<? extends Bijector> bijectors) {
        this.bijectors = bijectors.toArray(Bijector[]::new);
        List<String> columns = new ArrayList<>();
        List<Parameter> constrained = new ArrayList<>();
        for (int b = 0; b < names.size(); b++) {
            int m = this.bijectors[b].unconstrainedSize();
            for (int j = 1; j <= m; j++) {
                columns.add(m == 1 ? names.get(b) : names.get(b) + "[" + j + "]");
            }
            for (String name : this.bijectors[b].constrainedNames(names.get(b))) {
                constrained.add(new Parameter(name, units.get(b)));
            }
        }
        List<String> distinct = constrained.stream().map(Parameter::name).distinct().toList();
        if (distinct.size() < constrained.size()) {
            throw new IllegalArgumentException("two parameters have one name among " + distinct);
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
        for (Bijector bijector : bijectors) {
            bijector.constrain(z, zOffset, x, xOffset, stride, scratch);
            zOffset += bijector.unconstrainedSize() * stride;
            xOffset += bijector.constrainedSize() * stride;
        }
    }

    @Override
    public void unconstrain(double[] constrained, double[] unconstrained) {
        int zOffset = 0;
        int xOffset = 0;
        for (Bijector bijector : bijectors) {
            bijector.unconstrain(constrained, xOffset, unconstrained, zOffset);
            zOffset += bijector.unconstrainedSize();
            xOffset += bijector.constrainedSize();
        }
    }

    /** Adds J(theta)ᵀ g to score: a gradient by the constrained parameters, columns as from {@link #constrain}, becomes one by theta. */
    void addPullBack(Particles theta, double[] gradient, double[] score, Scratch scratch) {
        int zOffset = 0;
        int xOffset = 0;
        for (Bijector bijector : bijectors) {
            bijector.addPullBack(theta.values, zOffset, gradient, xOffset, score, theta.stride, scratch);
            zOffset += bijector.unconstrainedSize() * theta.stride;
            xOffset += bijector.constrainedSize() * theta.stride;
        }
    }
}
