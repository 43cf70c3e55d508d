package io.driftwood.inference.variational;

/**
 * One step of a path.
 *
 * @param bridge number of the bridge from 0; -1 when the step is on none
 * @param layer number of the coupling layer from 0; -1 when the step is none
 */
record Move(Dynamics dynamics, int bridge, int layer) {

    static Move onBridge(Dynamics dynamics, int bridge) { return new Move(dynamics, bridge, -1); }

    static Move layer(int layer) { return new Move(new CouplingStep(), -1, layer); }
}
