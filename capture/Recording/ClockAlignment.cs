using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary>
/// Finds how far apart the clocks of two recordings of the same thing run, from register accesses that both saw: a write is
/// the driver's first and the device's then, a read the other way round. The n-th of one is the n-th of the other, as long as
/// both saw as many of that register and value.
/// </summary>
public static class ClockAlignment
{
    private const int MostLandmarks = 1 << 16;

    /// <summary>
    /// The offset of the device's clock, as late as the writes allow: so no effect stands before its cause, as far as the
    /// shortest way of a write is no shorter elsewhere.
    /// </summary>
    /// <param name="driver">The file of the driver's recording.</param>
    /// <param name="device">The file of the device's recording.</param>
    /// <returns>
    /// What is to be added to the device's times, and how wrong that may be; null where no access was seen by both.
    /// </returns>
    /// <exception cref="InvalidDataException">A file is no run.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static (long OffsetNs, long UncertaintyNs)? Find(string driver, string device)
    {
        var (begun, executed) = (Landmarks(driver, Actor.Driver), Landmarks(device, Actor.Device));
        var (latest, earliest) = (long.MaxValue, long.MinValue);
        foreach (var (access, times) in begun)
        {
            if (!executed.TryGetValue(access, out var others) || others.Count != times.Count) continue;
            for (var index = 0; index < times.Count; index++)
            {
                var delay = others[index] - times[index];
                if (access.Kind == EventKind.RegisterRead) earliest = Math.Max(earliest, delay);
                else latest = Math.Min(latest, delay);
            }
        }

        if (latest == long.MaxValue) return null;
        return (-latest, earliest == long.MinValue || earliest > latest ? 0 : latest - earliest);
    }

    private static Dictionary<Access, List<long>> Landmarks(string path, Actor actor)
    {
        var landmarks = new Dictionary<Access, List<long>>();
        var count = 0;
        foreach (var reader in RunFileReader.Open(path))
        {
            using (reader)
            {
                while (reader.Read())
                {
                    ref readonly var record = ref reader.Current;
                    if (record.Kind is not (EventKind.RegisterWrite or EventKind.RegisterRead) || record.Actor != actor) continue;
                    if (record.AddressSpace is not AddressSpace.Bar || record.Address is not { } address || record.Time == EventRecord.UnknownTime) continue;
                    if (count++ == MostLandmarks) break;
                    var access = new Access(record.Kind, record.Device, address, record.Value);
                    if (!landmarks.TryGetValue(access, out var times)) landmarks[access] = times = [];
                    times.Add(record.Time + reader.Source.Clock.OffsetNs);
                }
            }
        }

        return landmarks;
    }

    private readonly record struct Access(EventKind Kind, ushort Device, ulong Address, ulong? Value);
}
