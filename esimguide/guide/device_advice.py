"""Pure: what the answer page says about the phone that the reader named."""

from enum import StrEnum

from esimguide.models import Device, Place, Region


class DeviceAdvice(StrEnum):
    """One sentence or two of the answer page; the template has the words."""

    NO_ESIM = "no-esim"
    UNCONFIRMED = "unconfirmed"
    LIMITED = "limited"
    LIMITED_IN_MAINLAND = "limited-in-mainland"  # and the reader is there
    ESIM_ONLY = "esim-only"
    HAS_ESIM = "has-esim"
    MAY_REFUSE_HONG_KONG = "may-refuse-hong-kong"


_BY_ESIM = {
    Device.Esim.NO: DeviceAdvice.NO_ESIM,
    Device.Esim.UNKNOWN: DeviceAdvice.UNCONFIRMED,
    Device.Esim.LIMITED: DeviceAdvice.LIMITED,
    Device.Esim.ONLY: DeviceAdvice.ESIM_ONLY,
    Device.Esim.YES: DeviceAdvice.HAS_ESIM,
}


def device_advice(device: Device, place: Place | None) -> DeviceAdvice:
    if device.may_refuse_hong_kong:
        return DeviceAdvice.MAY_REFUSE_HONG_KONG
    is_limited = device.esim == Device.Esim.LIMITED and device.region == Region.MAINLAND
    if is_limited and place == Place.MAINLAND:
        return DeviceAdvice.LIMITED_IN_MAINLAND
    return _BY_ESIM[Device.Esim(device.esim)]
