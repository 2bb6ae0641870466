using System.Diagnostics;
using Tracing.Tests.Live;
using Xunit;

namespace Tracing.Tests.Samples;

/// <summary>
/// Makes the committed recordings anew, by the commands that stand beside them. <c>samples/real/make.sh</c> asks for it; an
/// ordinary test run does not.
/// </summary>
public sealed class RealSampleMaker
{
    [Fact(Explicit = true)]
    public void Recordings_are_made()
    {
        var one = Environment.GetEnvironmentVariable("TRACING_SAMPLE");
        var chosen = RealSample.All.Values.Where(sample => string.IsNullOrEmpty(one) || sample.Name == one).ToList();
        Assert.True(chosen.Count > 0, $"there is no {one}.expect");
        foreach (var sample in chosen) Make(sample);
    }

    private static void Make(RealSample sample)
    {
        using var machine = new Machine();
        machine.Image(megabytes: 1);
        File.CreateSymbolicLink(machine.PathOf("vmlinuz"), Laboratory.Kernel);
        GuestOf(sample)?.Write(machine.PathOf("initramfs.gz"));

        var start = new ProcessStartInfo("/bin/bash", ["-euc", string.Join('\n', sample.Commands)]) { WorkingDirectory = machine.PathOf("") };
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:{RealSample.Folder}:{Environment.GetEnvironmentVariable("PATH")}";
        using var recipe = machine.Start(sample.Name, start);
        Assert.True(recipe.AwaitEnd(Machine.GuestLimit * 2) == 0, $"{recipe.Said}\n{machine.Console}");

        var made = new FileInfo(machine.PathOf("run.parquet"));
        Assert.True(made.Exists, recipe.Said);
        made.CopyTo(sample.Recording, overwrite: true);
        TestContext.Current.TestOutputHelper?.WriteLine($"{sample.Name}: {made.Length} bytes\n{recipe.Said}\n{machine.Console}");
    }

    private static Initramfs? GuestOf(RealSample sample)
    {
        switch (sample.Guest)
        {
            case null:
                return null;
            case "blocks":
                return new Initramfs(GuestScripts.UseFewBlocks, GuestScripts.BlkModules);
            case "driver":
                var driver = new Initramfs(GuestScripts.DriveFunction(20), "virtio_pci", "virtio_console");
                driver.AddProgram("bin/capture-guest", GuestProgram.Publish());
                return driver;
            default:
                throw new InvalidDataException($"{sample.Name}: there is no guest '{sample.Guest}'");
        }
    }
}
