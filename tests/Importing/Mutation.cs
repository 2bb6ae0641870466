using System.Diagnostics;
using System.Globalization;

namespace Tracing.Tests.Importing;

/// <summary>A text with bytes changed, dropped, doubled and cut off, over and over, for as long as the setting says.</summary>
internal static class Mutation
{
    private const int MostChanges = 12;

    /// <summary>Many formats share the setting: each takes a part of the time.</summary>
    private const int Sharers = 4;

    /// <summary>Gives mutated texts to <paramref name="take"/>, which must bear them. A failure names the seed and the turn.</summary>
    public static void Run(byte[] whole, Action<byte[]> take)
    {
        var watch = Stopwatch.StartNew();
        for (var seed = 1; seed <= TestScale.Seeds || watch.Elapsed.TotalSeconds < TestScale.MutationSeconds / Sharers; seed++)
        {
            var random = new Random(seed);
            for (var turn = 0; turn < 100; turn++)
            {
                var bytes = Mutated(whole, random);
                try
                {
                    take(bytes);
                }
                catch (Exception exception)
                {
                    throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, turn {turn}: {exception.Message}"), exception);
                }
            }
        }
    }

    private static byte[] Mutated(byte[] whole, Random random)
    {
        var bytes = whole.ToArray();
        for (var change = random.Next(1, MostChanges); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        switch (random.Next(6))
        {
            case 0: return bytes[..random.Next(bytes.Length)];
            case 1: return bytes[random.Next(bytes.Length)..];
            case 2:
                // The same lines once more, from somewhere.
                var from = random.Next(bytes.Length);
                return [.. bytes, .. bytes[from..]];
            default: return bytes;
        }
    }
}
