using Tracing.Schemas;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>The parameter that names one of a queue's three areas.</summary>
internal static class QueueArea
{
    private const string Name = "area";

    public static Parameter Parameter(string preset)
        => new ChoiceParameter(Name, "which queue area", preset, ["descriptor", "driver", "device"]);

    public static Part Of(Arguments arguments) => arguments.Text(Name) switch
    {
        "descriptor" => Part.DescriptorArea,
        "driver" => Part.DriverArea,
        _ => Part.DeviceArea,
    };

    public static int AlignmentOf(Part area) => area switch
    {
        Part.DescriptorArea => SplitLayout.DescriptorAreaAlignment,
        Part.DriverArea => SplitLayout.DriverAreaAlignment,
        _ => SplitLayout.DeviceAreaAlignment,
    };
}
