/// The files that programs read: JSON, feeds, badges, plain text.
func renderForMachines(_ plan: PagePlan, of edition: Edition, into output: inout [UInt8]) {
}
