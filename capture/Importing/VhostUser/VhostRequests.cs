namespace Tracing.Capture.Importing.VhostUser;

/// <summary>Numbers of the front end's requests by their names, without VHOST_USER_ in front (QEMU, docs/interop/vhost-user).</summary>
internal static class VhostRequests
{
    private static readonly Dictionary<string, uint> numbers = new(StringComparer.Ordinal)
    {
        ["GET_FEATURES"] = 1, ["SET_FEATURES"] = 2, ["SET_OWNER"] = 3, ["RESET_OWNER"] = 4, ["SET_MEM_TABLE"] = 5, ["SET_LOG_BASE"] = 6, ["SET_LOG_FD"] = 7,
        ["SET_VRING_NUM"] = 8, ["SET_VRING_ADDR"] = 9, ["SET_VRING_BASE"] = 10, ["GET_VRING_BASE"] = 11, ["SET_VRING_KICK"] = 12, ["SET_VRING_CALL"] = 13,
        ["SET_VRING_ERR"] = 14, ["GET_PROTOCOL_FEATURES"] = 15, ["SET_PROTOCOL_FEATURES"] = 16, ["GET_QUEUE_NUM"] = 17, ["SET_VRING_ENABLE"] = 18,
        ["SEND_RARP"] = 19, ["NET_SET_MTU"] = 20, ["SET_BACKEND_REQ_FD"] = 21, ["IOTLB_MSG"] = 22, ["SET_VRING_ENDIAN"] = 23, ["GET_CONFIG"] = 24,
        ["SET_CONFIG"] = 25, ["GET_INFLIGHT_FD"] = 31, ["SET_INFLIGHT_FD"] = 32, ["RESET_DEVICE"] = 34, ["GET_MAX_MEM_SLOTS"] = 36, ["ADD_MEM_REG"] = 37,
        ["REM_MEM_REG"] = 38, ["SET_STATUS"] = 39, ["GET_STATUS"] = 40,
    };

    /// <summary>The number; null if there is no such request.</summary>
    public static uint? NumberOf(string name) => numbers.TryGetValue(name, out var number) ? number : null;
}
